/** Two steps that ask the same of the same seller in the same state, and want different answers: no seller passes both. */
import { jsonEquals } from '../../json/equality.ts';
import { isObject } from '../../json/object.ts';
import type { Check } from '../../storyboard.ts';
import { formatLocation } from '../../location.ts';
import { type LintFinding, type LintRule, quoted, wrong } from '../rule.ts';
import type { LintedStep, LintedStoryboard } from '../suite.ts';

export const contradictions: LintRule = ({ storyboards }) => {
  const earlier = new Map<string, LintedStep[]>();
  return storyboards.flatMap((storyboard) => storyboard.steps.flatMap((linted, at) => {
    const situation = situationOf(storyboard, at);
    if (situation === undefined) return [];
    const same = earlier.get(situation) ?? [];
    const found = same.map((other) => contradiction(linted, other)).find((each) => each !== undefined);
    earlier.set(situation, [...same, linted]);
    return found === undefined ? [] : [found];
  }));
};

/**
 * What the answer depends on, as far as a file tells: who asks, what is seeded, everything asked before, and the question.
 * Undefined when the answer depends on what only the run knows.
 */
function situationOf({ storyboard, steps }: LintedStoryboard, at: number): string | undefined {
  const { step, phase } = steps[at]!;
  if (step.sample_request === undefined || step.task.startsWith('$') || step.special !== undefined || phase.skip_if !== undefined) return undefined;
  const asked = steps.slice(0, at + 1).map((each) => [each.step.task, each.step.auth, question(each.step.sample_request ?? {})]);
  const seeded = storyboard.controller_seeding ? storyboard.fixtures : {};
  return JSON.stringify([
    storyboard.test_kit?.path, storyboard.requires, [storyboard.requires_capability, phase.requires_capability], storyboard.context, seeded, asked,
    step.omit_idempotency_key,
  ]);
}

/** A request with what is drawn anew in each run, and what is only echoed, left out. */
function question(node: unknown, depth = 0): unknown {
  if (typeof node === 'string') return node.replace(/^\$generate:\S+$/, '$generate');
  if (Array.isArray(node)) return node.map((each) => question(each, depth + 1));
  if (!isObject(node)) return node;
  return Object.fromEntries(Object.entries(node).filter(([name]) => depth > 0 || (name !== 'context' && name !== 'idempotency_key'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, each]) => [name, question(each, depth + 1)]));
}

function contradiction({ step, node }: LintedStep, other: LintedStep): LintFinding | undefined {
  const at = formatLocation(other.step.location);
  if (step.expect_error !== other.step.expect_error && !step.may_be_refused && !other.step.may_be_refused)
    return wrong('contradiction', node.member('expect_error') ?? node,
      `the same request in the same state is to ${step.expect_error ? 'be refused here and to succeed' : 'succeed here and to be refused'} at ${at}`,
      'change one of them');
  const others = required(other.step.validations);
  const clash = required(step.validations).map((check) => ({ check, against: others.find((each) => excludes(check, each)) }))
    .find(({ against }) => against !== undefined);
  return clash === undefined ? undefined : wrong('contradiction', clash.check.location,
    `no answer satisfies both this ${clash.check.check} and that of ${quoted(other.step.id)} at ${formatLocation(clash.against!.location)}`,
    'change one of them');
}

const required = (checks: readonly Check[]): readonly Check[] => checks.filter(({ severity }) => severity.kind === 'required');

function excludes(a: Check, b: Check): boolean {
  if (a.authored['path'] !== b.authored['path'] || isEcho(a)) return false;
  if (a.check === 'field_present' && b.check === 'field_absent') return true;
  if (a.check === 'field_absent') return b.check === 'field_present' || b.check === 'field_value';
  if (a.check !== b.check || (a.check !== 'field_value' && a.check !== 'error_code')) return false;
  const [left, right] = [expected(a), expected(b)];
  return left.length > 0 && right.length > 0
    && !left.some((value) => right.some((each) => isOpen(value) || isOpen(each) || jsonEquals(value, each)));
}

function expected({ authored }: Check): readonly unknown[] {
  const { allowed_values: allowed, value } = authored;
  return Array.isArray(allowed) && allowed.length > 0 ? allowed : value === undefined ? [] : [value];
}

/** The context is left out of the question, and so is its echo of the answer. */
const isEcho = ({ authored: { path } }: Check): boolean => typeof path === 'string' && /^context(?:\.|$)/.test(path);

/** Known only when it runs. */
const isOpen = (value: unknown): boolean =>
  (typeof value === 'string' && value.startsWith('$')) || (isObject(value) && JSON.stringify(value).includes('"$'));
