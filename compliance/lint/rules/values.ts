/** Values that checks expect and the schema at their path excludes: no conforming answer passes them. */
import type { SchemaCatalogue } from '../../../src/protocol/schema-catalogue.ts';
import { isObject } from '../../json/object.ts';
import { parsePath, type PathSegment } from '../../json/path.ts';
import type { YamlNode } from '../../load/yaml-node.ts';
import { expectedAnswer } from '../response-places.ts';
import { doubtful, type LintFinding, type LintRule, quoted, wrong } from '../rule.ts';
import { impossiblePart } from '../schema/holds.ts';
import { placesAt, type PlacesFound } from '../schema/places.ts';
import { type LintedStep, mapsOf } from '../suite.ts';

/** Their expectation is the value at the path, or a part of it. A check that also passes on absence is a way to say "never this". */
const VALUE_CHECKS: ReadonlySet<string> = new Set(['field_value', 'envelope_field_value', 'field_contains']);

export const values: LintRule = ({ storyboards, schemas }) =>
  (schemas === undefined ? [] : storyboards.flatMap(({ steps }) => steps.flatMap((step) => valuesOf(step, schemas))));

function valuesOf(linted: LintedStep, schemas: SchemaCatalogue): readonly LintFinding[] {
  const answer = expectedAnswer(linted, schemas);
  if (answer.kind !== 'described') return [];
  return mapsOf(linted.node.member('validations')).flatMap((node) => {
    const [kind, path] = [String(node.member('check')?.value), node.member('path')?.value];
    const parsed = VALUE_CHECKS.has(kind) && typeof path === 'string' ? parsePath(path) : undefined;
    if (parsed?.kind !== 'path') return [];
    // an entry of a list is contained in the list
    const ends: readonly (readonly PathSegment[])[] = kind === 'field_contains' ? [[], [EACH]] : [[]];
    const compared = ends.map((end) => ({
      shown: `${String(path)}${end.length > 0 ? '[*]' : ''}`, found: placesAt(schemas, answer.places, [...parsed.segments, ...end]),
    }))
      .filter(({ found }) => found.kind !== 'unknown');
    return findings(node, expectations(node).flatMap((each) => excluded(each, compared, schemas) ?? []));
  });
}

const EACH = { kind: 'each' } as const;

interface Compared {
  readonly shown: string;
  readonly found: PlacesFound;
}

/** The part that none of the places can hold; undefined when one of them may hold all of it, or nothing is said of one. */
function excluded(expectation: Expectation, compared: readonly Compared[], schemas: SchemaCatalogue): Excluded | undefined {
  const parts = compared.map(({ shown, found }) => {
    const part = found.kind === 'known' ? impossiblePart(schemas, found.places, expectation.value) : undefined;
    return part && { ...part, shown: `${shown}${part.path}` };
  });
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  const telling = parts.findLast((part) => part?.path !== '') ?? parts[0]!;
  return { ...expectation, shown: telling.shown, part: telling.value };
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

interface Excluded extends Expectation {
  /** Path of the part that cannot be. */
  readonly shown: string;
  readonly part: unknown;
}

/** One of several allowed values may be another release's; when none can come, the check fails always. */
function findings(node: YamlNode, impossible: readonly Excluded[]): readonly LintFinding[] {
  const all = impossible.length === expectations(node).length;
  return impossible.map(({ at, shown, part }) => (all ? wrong : doubtful)(
    'impossible_value', at, `${shown} is never ${short(part)} in an answer that satisfies the response schema`, 'expect a value that the schema allows',
  ));
}

const short = (value: unknown): string => (isObject(value) || Array.isArray(value) ? 'such a value' : quoted(value));
