/** A plan as a person reads it: what would run and why, what would not and why not. */
import type { Plan, PlanEntry } from '../plan/plan.ts';
import { plural } from './conclusion.ts';
import type { Paint } from './paint.ts';
import { problemText } from './problem-text.ts';
import { cut, escapeControls, showId } from './quote.ts';

const ID_WIDTH = 50;

export function planText(plan: Plan, colours: Paint): string {
  const steps = plan.entries.reduce((sum, entry) => sum + (entry.kind === 'run' ? stepsOf(entry) : 0), 0);
  const count = (kind: PlanEntry['kind']): number => plan.entries.filter((entry) => entry.kind === kind).length;
  const others = [['skipped', count('skip')], ['left out', plan.not_selected.length], ['broken', count('broken')]] as const;
  const totals = [
    `${plural(count('run'), 'storyboard', 'storyboards')} with ${plural(steps, 'step', 'steps')} would run`,
    ...others.filter(([, number]) => number > 0).map(([what, number]) => `${number} ${what}`),
  ];
  return [
    ...plan.entries.flatMap((entry) => entryLines(entry, colours)),
    ...plan.not_selected.map(({ storyboard_id: id, reason, detail }) => colours.dim(`  ${row(id, `${reason}: ${escapeControls(detail)}`)}`)),
    '', ...plan.remarks.map((remark) => `note      ${escapeControls(remark)}`), `plan      ${totals.join(', ')}`,
  ].join('\n');
}

function entryLines(entry: PlanEntry, colours: Paint): readonly string[] {
  switch (entry.kind) {
    case 'run': return [
      `${colours.good('>')} ${row(entry.storyboard.id, `${plural(stepsOf(entry), 'step', 'steps')}, ${escapeControls(entry.because)}`)}`,
      ...entry.phases.filter(({ gated }) => gated !== undefined).map(({ phase, gated }) =>
        colours.dim(`    ${row(`#${phase.id}`, `not_applicable: ${cut(gated!)}`, ID_WIDTH - 2)}`)),
    ];
    case 'skip': return [`${colours.dim('-')} ${row(entry.storyboard_id, `${entry.skip.reason}: ${cut(entry.skip.detail)}`)}`];
    case 'broken': return [...entry.problems.map((problem) => `\n${problemText(problem, colours)}`), ''];
  }
}

const row = (id: string, what: string, width = ID_WIDTH): string => `${showId(id).padEnd(width)} ${what}`;
const stepsOf = ({ phases }: Extract<PlanEntry, { kind: 'run' }>): number => phases.reduce((sum, phase) => sum + phase.steps.length, 0);
