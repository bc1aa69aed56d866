/** Pages that cannot be turned: promises of a next page without its cursor, and next pages of another question. */
import { jsonEquals } from '../../json/equality.ts';
import { type JsonObject, own } from '../../json/object.ts';
import type { YamlNode } from '../../load/yaml-node.ts';
import { doubtful, type LintFinding, type LintRule, wrong } from '../rule.ts';
import { type LintedStep, type LintedStoryboard, mapsOf } from '../suite.ts';

const MORE = 'pagination.has_more';
const CURSOR = 'pagination.cursor';

export const pagination: LintRule = ({ storyboards }) => storyboards.flatMap((each) => [...each.steps.flatMap(promises), ...continuations(each)]);

const broken = (at: YamlNode, message: string, wayOut: string): LintFinding => wrong('broken_pagination', at, message, wayOut);

/** The last page has no cursor, every other one has. */
function promises({ step, node }: LintedStep): readonly LintFinding[] {
  const checks = mapsOf(node.member('validations'))
    .map((check) => ({ check, kind: check.member('check')?.value, path: check.member('path')?.value }));
  const more = checks.find(({ kind, path }) => kind === 'field_value' && path === MORE)?.check;
  const cursor = checks.find(({ kind, path }) => kind === 'field_present' && path === CURSOR)?.check;
  const absent = checks.find(({ kind, path }) => kind === 'field_absent' && path === CURSOR)?.check;
  const captured = step.context_outputs.some((output) => output.kind === 'path' && output.path === CURSOR);
  const value = more?.member('value')?.value;
  if (value === true && absent !== undefined)
    return [broken(absent, 'a page that has a next one has a cursor', 'expect it to be present')];
  if (value === false && (cursor ?? (captured ? more : undefined)) !== undefined)
    return [broken(cursor ?? more!, 'the last page has no cursor', 'expect none, and capture none')];
  if (value === true && cursor === undefined && !captured)
    return [doubtful('broken_pagination', more!, 'nobody asks for the cursor of the next page', `check that ${CURSOR} is present, or capture it`)];
  return [];
}

/** A cursor belongs to the question that it came from. */
function continuations({ steps }: LintedStoryboard): readonly LintFinding[] {
  return steps.flatMap(({ step, node }, position) => {
    const cursor = own(step.sample_request?.['pagination'], 'cursor');
    const at = node.member('sample_request')?.member('pagination')?.member('cursor');
    if (typeof cursor !== 'string' || at === undefined || step.expect_error) return [];
    if (!cursor.startsWith('$'))
      return [broken(at, 'a cursor is the seller\'s own: no other has this one', 'capture it from the page before, and write `$context.…`')];
    const before = steps.slice(0, position).findLast((each) => each.step.context_outputs.some(({ key }) => cursor === `$context.${key}`));
    if (before?.step.sample_request === undefined) return [];
    if (before.step.task !== step.task)
      return [broken(at, `the cursor is of ${before.step.task}, not of ${step.task}`, 'send it to the task that it came from')];
    return jsonEquals(question(before.step.sample_request), question(step.sample_request ?? {})) ? []
      : [broken(at, `the request is another one than that of ${before.step.id}, which the cursor came from`,
        'repeat it, with nothing changed but the page')];
  });
}

/** What may differ from page to page. */
const OF_THE_CALL: ReadonlySet<string> = new Set(['context', 'idempotency_key', 'pagination', 'ext']);

const question = (request: JsonObject): JsonObject => Object.fromEntries(Object.entries(request).filter(([name]) => !OF_THE_CALL.has(name)));
