/** Values that checks expect and the schema at their path excludes: no conforming answer passes them. */
import type { SchemaCatalogue } from '../../../src/protocol/schema-catalogue.ts';
import { isObject } from '../../json/object.ts';
import { parsePath } from '../../json/path.ts';
import type { YamlNode } from '../../load/yaml-node.ts';
import { expectedAnswer } from '../response-places.ts';
import { doubtful, type LintFinding, type LintRule, quoted, wrong } from '../rule.ts';
import { mayAccept } from '../schema/accepts.ts';
import { placesAt } from '../schema/places.ts';
import { type LintedStep, mapsOf } from '../suite.ts';

/** Their expectation is the whole value at the path. A check that also passes on absence is a way to say "never this". */
const VALUE_CHECKS: ReadonlySet<string> = new Set(['field_value', 'envelope_field_value']);

export const values: LintRule = ({ storyboards, schemas }) =>
  (schemas === undefined ? [] : storyboards.flatMap(({ steps }) => steps.flatMap((step) => valuesOf(step, schemas))));

function valuesOf(linted: LintedStep, schemas: SchemaCatalogue): readonly LintFinding[] {
  const answer = expectedAnswer(linted, schemas);
  if (answer.kind !== 'described') return [];
  return mapsOf(linted.node.member('validations')).filter((node) => VALUE_CHECKS.has(String(node.member('check')?.value))).flatMap((node) => {
    const path = node.member('path')?.value;
    const parsed = typeof path === 'string' ? parsePath(path) : undefined;
    if (parsed?.kind !== 'path') return [];
    const found = placesAt(schemas, answer.places, parsed.segments);
    if (found.kind !== 'known') return [];
    const excluded = expectations(node).filter(({ value }) => !isOpen(value) && !found.places.some((place) => mayAccept(schemas, place, value)));
    return findings(node, String(path), excluded);
  });
}

interface Expectation {
  readonly value: unknown;
  readonly at: YamlNode;
}

/** `allowed_values` when there are any, else `value`: as the check reads them. */
function expectations(node: YamlNode): readonly Expectation[] {
  const allowed = node.member('allowed_values')?.items() ?? [];
  const single = node.member('value');
  return allowed.length > 0 ? allowed.map((at) => ({ value: at.value, at })) : single === undefined ? [] : [{ value: single.value, at: single }];
}

/** Whether a value is only known when the storyboard runs. */
function isOpen(value: unknown): boolean {
  return typeof value === 'string' && (value.startsWith('$') || value.includes('{{'));
}

/** One of several allowed values may be another release's; when none can come, the check fails always. */
function findings(node: YamlNode, path: string, excluded: readonly Expectation[]): readonly LintFinding[] {
  const all = excluded.length === expectations(node).length;
  return excluded.map(({ value, at }) => (all ? wrong : doubtful)(
    'impossible_value', at, `${path} is never ${short(value)} in an answer that satisfies the response schema`,
    'expect a value that the schema allows'
  ));
}

const short = (value: unknown): string => (isObject(value) || Array.isArray(value) ? 'such a value' : quoted(value));
