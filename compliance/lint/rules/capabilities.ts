/** Gates on capabilities that no seller can declare: the storyboard then runs for nobody, and nobody notices. */
import type { SchemaCatalogue } from '../../../src/protocol/schema-catalogue.ts';
import { parsePath } from '../../json/path.ts';
import type { YamlNode } from '../../load/yaml-node.ts';
import { placeOf } from '../response-places.ts';
import { type LintFinding, type LintRule, nearest, orElse, quoted, wrong } from '../rule.ts';
import { mayAccept } from '../schema/accepts.ts';
import { placesAt } from '../schema/places.ts';
import { mapsOf } from '../suite.ts';
import { textOf } from '../texts.ts';

const TASK = 'get_adcp_capabilities';

export const capabilities: LintRule = ({ storyboards, schemas }) => (schemas === undefined ? [] : storyboards
  .flatMap(({ root }) => [root, ...mapsOf(root.member('phases'))])
  .flatMap((node) => node.member('requires_capability') ?? [])
  .flatMap((gate) => problems(gate, schemas)));

function problems(gate: YamlNode, schemas: SchemaCatalogue): readonly LintFinding[] {
  const [path, declared] = [textOf(gate, 'path'), placeOf(schemas, schemas.refOf(TASK, 'response'))];
  const parsed = path === undefined ? undefined : parsePath(path.text);
  if (path === undefined || declared === undefined || parsed?.kind !== 'path') return [];
  const found = placesAt(schemas, [declared], parsed.segments);
  if (found.kind === 'open') return [];
  if (found.kind === 'unknown') {
    const segment = parsed.segments[found.depth]!;
    const near = segment.kind === 'key' ? nearest(segment.name, found.members) : [];
    return [wrong('unknown_capability', path.at, `no seller can declare ${quoted(path.text)}`, orElse(near, 'correct the path'))];
  }
  const [equals, contains] = [gate.member('equals'), gate.member('contains')];
  const items = contains === undefined ? undefined : placesAt(schemas, [declared], [...parsed.segments, { kind: 'each' }]);
  const [value, places] = equals !== undefined ? [equals, found.places] : [contains, items?.kind === 'known' ? items.places : undefined];
  if (value === undefined || places === undefined || places.some((place) => mayAccept(schemas, place, value.value))) return [];
  const never = `${path.text} can never ${equals === undefined ? 'contain' : 'be'} ${quoted(value.value)}`;
  return [wrong('unknown_capability', value, never, 'name a value that its schema allows')];
}
