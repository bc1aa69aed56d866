/** Paths of checks and captures that no answer of the task can have: the check then fails whatever the seller says, or never fails. */
import type { SchemaCatalogue, SchemaPlace } from '../../../src/protocol/schema-catalogue.ts';
import { parsePath } from '../../json/path.ts';
import type { YamlNode } from '../../load/yaml-node.ts';
import { expectedAnswer } from '../response-places.ts';
import { doubtful, type LintFinding, type LintRule, nearest, orElse, quoted, wrong } from '../rule.ts';
import { placesAt } from '../schema/places.ts';
import { type LintedStep, mapsOf } from '../suite.ts';

/** Checks that look at the answer's payload under `path`. */
export const PAYLOAD_CHECKS: ReadonlySet<string> = new Set([
  ...['present', 'absent', 'value', 'value_or_absent', 'pattern'].flatMap((kind) => [`field_${kind}`, `envelope_field_${kind}`]),
  'field_contains', 'field_equals_context', 'field_less_than', 'cross_response_field_equal', 'cross_response_count_distinct',
]);
/**
 * They pass when there is nothing. An author may well look for a member that no answer should have; one whose name is almost that of a
 * member is mistyped, and the check passes always.
 */
const FOR_ABSENCE: ReadonlySet<string> = new Set(['', 'envelope_'].flatMap((scope) => [`${scope}field_absent`, `${scope}field_value_or_absent`]));
const COMPLETION = /^task_completion\./;

export const paths: LintRule = ({ storyboards, schemas }) =>
  (schemas === undefined ? [] : storyboards.flatMap(({ steps }) => steps.flatMap((step) => pathsOf(step, schemas))));

function pathsOf(linted: LintedStep, schemas: SchemaCatalogue): readonly LintFinding[] {
  const answer = expectedAnswer(linted, schemas);
  if (answer.kind === 'undescribed') return [];
  if (answer.kind === 'no_such_arm') {
    const at = linted.node.member('expected_arm') ?? linted.node;
    return [wrong(
      'unknown_arm', at, `no arm of the response has a member that is always ${quoted(answer.arm)}`, 'correct `expected_arm`, or remove it',
    )];
  }
  const captures = mapsOf(linted.node.member('context_outputs')).flatMap((output) => member(output, 'path'));
  const checks = mapsOf(linted.node.member('validations')).filter((node) => PAYLOAD_CHECKS.has(String(node.member('check')?.value)));
  return [
    ...captures.flatMap(({ path, at }) => unknownPath(path.replace(COMPLETION, ''), at, answer.places, schemas, 'captures')),
    ...checks.flatMap((check) => member(check, 'path').flatMap(({ path, at }) =>
      unknownPath(path, at, answer.places, schemas, FOR_ABSENCE.has(String(check.member('check')?.value)) ? 'passes always' : 'fails always'))),
  ];
}

function member(node: YamlNode, name: string): readonly { readonly path: string; readonly at: YamlNode }[] {
  const at = node.member(name);
  return typeof at?.value === 'string' ? [{ path: at.value, at }] : [];
}

type Effect = 'captures' | 'passes always' | 'fails always';

function unknownPath(path: string, at: YamlNode, places: readonly SchemaPlace[], schemas: SchemaCatalogue, effect: Effect): readonly LintFinding[] {
  const parsed = parsePath(path);
  if (parsed.kind === 'malformed') return [];
  const found = placesAt(schemas, places, parsed.segments);
  if (found.kind !== 'unknown') return [];
  const segment = parsed.segments[found.depth]!;
  const name = segment.kind === 'key' ? segment.name : '[]';
  const near = nearest(name, found.members);
  const what = segment.kind === 'key'
    ? `no answer has ${quoted(name)} in ${quoted(path)}`
    : `no answer has a list at this place of ${quoted(path)}`;
  const wayOut = orElse(near, 'correct the path');
  if (effect === 'passes always' && near.length === 0) return [];
  if (effect === 'captures') return [wrong('unknown_path', at, `${what}: there is nothing to capture`, wayOut)];
  return [(effect === 'passes always' ? doubtful : wrong)('unknown_path', at, `${what}: the check ${effect}`, wayOut)];
}
