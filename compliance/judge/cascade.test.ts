import { describe, expect, test } from 'vitest';
import { FAILED, PASSED, phase, report, skip, step, storyboard } from '../../test/support/storyboards.ts';
import type { StepOutcome } from '../step-report.ts';
import type { Phase, Step } from '../storyboard.ts';
import { blockedBy, closePhase, exemptionNote, NO_CASCADE, recordOutcome } from './cascade.ts';

/** Plays a phase and tells which phases of the storyboard are then blocked, and what was regraded. */
function play(board: ReturnType<typeof storyboard>, played: Phase, outcomes: readonly StepOutcome[]) {
  let cascade = NO_CASCADE;
  const reports = played.steps.slice(0, outcomes.length).map((each, i) => {
    cascade = recordOutcome(cascade, played, each, outcomes[i]!);
    return report(played.id, each.id, outcomes[i]!);
  });
  const within = blockedBy(cascade, board, played)?.step_id;
  const closed = closePhase(cascade, played, reports);
  return {
    within, blocked: board.phases.filter((each) => blockedBy(closed.cascade, board, each) !== undefined).map(({ id }) => id),
    regraded: closed.regraded.map(({ outcome }) => (outcome.kind === 'skipped' ? outcome.skip : outcome)),
  };
}
const boardOf = (steps: readonly Step[], more: Partial<Phase> = {}) => {
  const first = phase('one', steps, more);
  return { first, board: storyboard([first, phase('two', [step('z')]), phase('free', [step('y')], { depends_on: [] })]) };
};
const missing = skip('missing_tool');

describe('what trips a phase', () => {
  test.each<[string, readonly StepOutcome[], readonly string[]]>([
    ['a failure', [FAILED, PASSED], ['one', 'two']],
    ['a failure in an optional phase', [{ kind: 'failed', counted: false }, PASSED], ['one', 'two']],
    ['a missing tool beside other state', [missing, PASSED], ['one', 'two']],
    ['a missing controller beside other state', [skip('missing_test_controller'), PASSED], ['one', 'two']],
    ['a failed prerequisite', [PASSED, skip('prerequisite_failed')], ['one', 'two']],
    ['a contract that is not satisfied', [PASSED, skip('unsatisfied_contract')], ['one', 'two']],
    ['only steps that do not apply', [skip('not_applicable'), skip('not_applicable')], ['one', 'two']],
    ['nothing when all pass', [PASSED, PASSED], []],
    ['nothing when another stateful step passes beside one that does not apply', [skip('not_applicable'), PASSED], []],
    [
      'nothing by a scenario that the controller lacks',
      [skip('not_applicable', 'force_scenario_unsupported'), skip('not_applicable', 'force_scenario_unsupported')], [],
    ],
    [
      'nothing by OAuth that is not advertised',
      [skip('not_applicable', 'oauth_not_advertised'), skip('not_applicable', 'oauth_not_advertised')], [],
    ],
  ])('%s', (_what, outcomes, blocked) => {
    const { board, first } = boardOf([step('a'), step('b')]);
    expect(play(board, first, outcomes).blocked).toEqual(blocked);
  });

  test('a step without state trips nothing', () => {
    const { board, first } = boardOf([step('a', { stateful: false }), step('b')]);
    expect(play(board, first, [FAILED, PASSED]).blocked).toEqual([]);
  });

  test('the only stateful step of a phase may be missing or not apply, and says that it is exempt', () => {
    const { board, first } = boardOf([step('a'), step('b', { stateful: false })]);
    expect(play(board, first, [missing, PASSED]).blocked).toEqual([]);
    expect(play(board, first, [skip('not_applicable'), PASSED]).blocked).toEqual([]);
    expect(exemptionNote(first, first.steps[0]!)).not.toBe('');
    expect(exemptionNote(boardOf([step('a'), step('b')]).first, step('a'))).toBe('');
  });

  test('a failure overrides what tripped the phase before', () => {
    const { board, first } = boardOf([step('a'), step('b')]);
    expect(play(board, first, [missing, FAILED]).within).toBe('b');
  });
});

describe('substitutes', () => {
  const steps = [step('a'), step('b', { provides_state_for: ['a'] })];

  test('a missing step whose substitute passed is regraded and trips nothing', () => {
    const { board, first } = boardOf(steps);
    expect(play(board, first, [missing, PASSED])).toEqual({
      within: undefined, blocked: [], regraded: [{ reason: 'peer_substituted', detail: 'a state provided by one.b' }],
    });
  });

  test('a missing step whose substitute did not pass trips the phase at its end', () => {
    const { board, first } = boardOf(steps);
    const played = play(board, first, [missing, missing]);
    expect(played.regraded).toEqual([]);
    expect(played.blocked).toEqual(['one', 'two']);
  });
});

test('a phase is blocked by what it depends on, and by nothing else', () => {
  const first = phase('one', [step('a'), step('b')]);
  const board = storyboard([
    first, phase('two', [step('c')], { depends_on: [] }), phase('three', [step('d')], { depends_on: ['two'] }),
    phase('four', [step('e')], { depends_on: ['one'] }),
  ]);
  expect(play(board, first, [FAILED]).blocked).toEqual(['one', 'four']);
});

test('alternatives of one branch set do not block each other, whatever they depend on', () => {
  const set = { optional: true, branch_set: 'way' };
  const first = phase('one', [step('a')], set);
  const board = storyboard([
    first, phase('two', [step('b')], set), phase('three', [step('c')], { ...set, depends_on: ['one'] }), phase('four', [step('d')]),
  ]);
  expect(play(board, first, [{ kind: 'failed', counted: false }]).blocked).toEqual(['one', 'four']);
});
