import { expect, test } from 'vitest';
import { FAILED, PASSED, phase, report, step, storyboard } from '../../test/support/storyboards.ts';
import type { RunEvent } from '../events.ts';
import type { PlanEntry } from '../plan/plan.ts';
import { paint } from '../report/paint.ts';
import { redactor } from '../report/redact.ts';
import { RunRecord } from '../report/run-record.ts';
import { LiveOutput } from './live-output.ts';

const board = storyboard([phase('p', [step('a'), step('b'), step('c')])]);
const entry: PlanEntry = {
  kind: 'run', storyboard: board, because: 'universal', seeding: false, warnings: [],
  phases: [{ phase: board.phases[0]!, steps: board.phases[0]!.steps.map((each) => ({ step: each, role: 'target' })) }],
};
const EVENTS: readonly RunEvent[] = [
  { kind: 'planned', plan: { entries: [entry], not_selected: [], unresolved: [], remarks: [] } }, { kind: 'storyboard_started', storyboard_id: 's' },
  { kind: 'step_finished', report: report('p', 'a', PASSED) }, { kind: 'step_finished', report: report('p', 'b', FAILED) },
  { kind: 'step_finished', report: report('p', 'c', PASSED) },
  { kind: 'storyboard_finished', storyboard_id: 's', verdict: 'failed', duration_ms: 5, invariants: [] },
  { kind: 'run_finished', at_ms: 0, ended: { kind: 'completed' } },
];

/** What stands on the screen after each event, when time passes between them. */
function screens(columns: number | undefined, msBetween = 100): readonly string[] {
  let [written, now] = ['', 0];
  const record = new RunRecord();
  const live = new LiveOutput(
    { write: (text) => { written += text; }, columns, clock: { now: () => now, elapsed: () => now, sleep: async () => undefined } },
    { colours: paint(false), redact: redactor([]), rerun: { url: 'http://x', flags: [] }, verbose: false }
  );
  return EVENTS.map((event) => {
    now += msBetween;
    record.add(event);
    live.show(event, record);
    return written.split('\n').map((line) => line.split('\r\u001b[K').at(-1)!).join('\n');
  });
}

test('on a terminal a bar stands below what has been said, grows with each step, and is gone in the end', () => {
  const seen = screens(80);
  expect(seen.slice(0, 5)).toEqual([
    `${'─'.repeat(30)} 0/3 steps`, `${'─'.repeat(30)} 0/3 steps  s`, `${'━'.repeat(10)}${'─'.repeat(20)} 1/3 steps  s`,
    `${'━'.repeat(20)}${'─'.repeat(10)} 2/3 steps  1 failed  s`, `${'━'.repeat(30)} 3/3 steps  1 failed  s`,
  ]);
  expect(seen[5]).toMatch(/^✗ s +2 passed, 1 failed {2}5 ms\n━{30} 3\/3 steps/);
});

test('it keeps to the width of the terminal, and is drawn seldom when much happens', () => {
  expect(screens(38).every((screen) => screen.split('\n').every((line) => !line.startsWith('━') || line.length <= 37))).toBe(true);
  expect(screens(80, 1)[4]).toBe(`${'─'.repeat(30)} 0/3 steps`);
});

test('in a pipe nothing is ever drawn anew', () => {
  expect(screens(undefined).at(-1)).toMatch(/^✗ s +2 passed, 1 failed {2}5 ms\n$/);
});
