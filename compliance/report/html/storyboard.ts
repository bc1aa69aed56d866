import { plural } from '../conclusion.ts';
import { countSteps } from '../counts.ts';
import type { FinishedRun } from '../finished-run.ts';
import { attributes } from '../markup.ts';
import { paint } from '../paint.ts';
import { problemText } from '../problem-text.ts';
import { inPlanOrder, type StoryboardRecord, verdictOf } from '../run-record.ts';
import { isGradedInPart } from '../ungraded.ts';
import { anchor, foreign, idOf } from './foreign.ts';
import { sign, stepHtml } from './step.ts';

const MARKS = { passed: '✓', failed: '✗', unproven: '!', not_applicable: '–', incomplete: '…' } as const;

/** @param unfolded shows its failures without being asked */
export function storyboardHtml(storyboard: StoryboardRecord, run: FinishedRun, unfolded: boolean): string {
  const { redact, nonce } = run;
  const verdict = verdictOf(storyboard);
  const mark = verdict === 'passed' && isGradedInPart(storyboard) ? sign('in-part', '?', 'passed in part') : sign(verdict, MARKS[verdict]);
  const title = redact.text(storyboard.title);
  const notRun = [...storyboard.planned].filter((address) => !storyboard.reports.has(address)).map((address) => `<code>${idOf(address, nonce)}</code>`);
  const open = unfolded && verdict === 'failed' ? ' open' : '';
  return [
    `<details class="storyboard"${attributes({ id: anchor(storyboard.id), 'data-verdict': verdict })}${open}>`,
    `<summary>${mark}<span class="id">${idOf(storyboard.id, nonce)}</span><span class="about">${foreign(title, nonce)}</span>`,
    `<span>${counts(storyboard)}</span><span class="time">${Math.round(storyboard.duration_ms)} ms</span></summary>`,
    `<div class="body"><p class="place">${storyboard.because === '' ? '' : `selected: ${foreign(storyboard.because, nonce)}`}</p>`,
    ...storyboard.warnings.map((problem) => `<pre>${foreign(problemText(problem, paint(false)), nonce)}</pre>`), '</div>',
    ...inPlanOrder(storyboard).map((report) => stepHtml(report, run, unfolded)),
    ...(notRun.length === 0 ? [] : [`<div class="body"><p>not run: ${notRun.join(', ')}</p></div>`]),
    '</details>',
  ].join('\n');
}

function counts(storyboard: StoryboardRecord): string {
  const { passed, failed, failed_optional: optional, skipped, not_run: notRun } = countSteps(storyboard.planned.size, storyboard.reports.values());
  const parts = [
    passed > 0 && `${passed} passed`, failed > optional && `<b class="failed">${failed - optional} failed</b>`,
    optional > 0 && `${optional} failed (optional)`, skipped > 0 && `${skipped} skipped`, notRun > 0 && `${notRun} not run`,
  ].filter((part) => part !== false);
  return parts.join(', ') || plural(0, 'step', 'steps');
}
