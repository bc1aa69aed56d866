import { expect, test } from 'vitest';
import { FAILED, PASSED, phase, report, skip, UNCOUNTED } from '../../test/support/storyboards.ts';
import type { StepOutcome } from '../step-report.ts';
import { type PhaseResult, storyboardVerdict } from './verdict.ts';

const result = (outcomes: readonly StepOutcome[], how: PhaseResult['how'] = 'ran', optional = false): PhaseResult =>
  ({ phase: phase('p', [], { optional }), how, reports: outcomes.map((outcome, i) => report('p', `s${i}`, outcome)) });
const inapplicable = skip('not_applicable');
const missing = skip('missing_tool');

test.each<[string, readonly PhaseResult[], ReturnType<typeof storyboardVerdict>]>([
  ['a required phase in which a step passed', [result([PASSED, missing])], 'passed'],
  ['a failure that counts', [result([PASSED]), result([FAILED])], 'failed'],
  ['a failure in an optional phase', [result([PASSED]), result([UNCOUNTED], 'ran', true)], 'passed'],
  ['nothing but missing tools', [result([missing, missing])], 'unproven'],
  ['nothing but failed prerequisites', [result([skip('prerequisite_failed')])], 'unproven'],
  ['missing tools beside a phase that does not apply', [result([missing]), result([inapplicable])], 'unproven'],
  ['nothing but steps that do not apply', [result([inapplicable]), result([inapplicable])], 'not_applicable'],
  ['phases that capabilities gate out', [result([inapplicable], 'capability_gated')], 'not_applicable'],
  ['a phase that its condition leaves out, and one that passes', [result([inapplicable], 'condition_met'), result([PASSED])], 'passed'],
  ['no steps at all', [result([])], 'not_applicable'],
  ['only optional phases, one of them passing', [result([PASSED], 'ran', true)], 'passed'],
  ['a phase that passed in part and then lacked its prerequisite', [result([PASSED, skip('prerequisite_failed')])], 'unproven'],
  ['the same beside a phase that passed', [result([PASSED, skip('prerequisite_failed')]), result([PASSED])], 'passed'],
])('%s', (_what, phases, expected) => {
  expect(storyboardVerdict(phases)).toBe(expected);
});

test('what ran as a prerequisite proves nothing, and can still fail', () => {
  const before = (outcome: StepOutcome): PhaseResult => ({
    phase: phase('p', []), how: 'ran', reports: [{ ...report('p', 'a', outcome), prerequisite: true }],
  });
  expect(storyboardVerdict([before(PASSED), result([missing])])).toBe('unproven');
  expect(storyboardVerdict([before(missing), result([PASSED])])).toBe('passed');
  expect(storyboardVerdict([before(FAILED), result([PASSED])])).toBe('failed');
});
