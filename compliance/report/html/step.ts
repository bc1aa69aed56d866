import { formatAddress, type StepReport, type Validation, WHOLE_STORYBOARD } from '../../step-report.ts';
import { briefExchange } from '../brief-exchange.ts';
import { failureHeadline } from '../failure-headline.ts';
import type { FinishedRun } from '../finished-run.ts';
import { attributes } from '../markup.ts';
import { findingHtml, transportHtml } from './finding.ts';
import { anchor, foreign, idOf, text } from './foreign.ts';

/** Of larger payloads the beginning is shown; the JSON report holds more. */
const MAX_EXCHANGE = 32 * 1024;
const GRADE_CLASSES = { passed: 'passed', failed: 'failed', not_applicable: 'in-part', unknown: 'in-part' } as const;

/** @param unfolded shows why it failed without being asked */
export function stepHtml(report: StepReport, run: FinishedRun, unfolded: boolean): string {
  const { address, outcome, validations } = report;
  const name = address.step_id === WHOLE_STORYBOARD ? 'the whole storyboard' : `${address.phase_id}/${address.step_id}`;
  const ungraded = validations.some(({ finding }) => finding.kind === 'unknown');
  const about = aboutStep(report, run);
  const open = unfolded && outcome.kind === 'failed' && outcome.counted;
  return [
    `<details class="step"${attributes({ id: anchor(formatAddress(address)), 'data-verdict': outcome.kind })}${open ? ' open' : ''}>`,
    `<summary>${signOf(report, ungraded)}<span class="id">${idOf(name, run.nonce)}</span>`,
    `<span class="about"><span class="task">${idOf(report.task, run.nonce)}</span> ${foreign(about, run.nonce)}</span>`,
    `<span class="time">${Math.round(report.duration_ms)} ms</span></summary>`,
    `<div class="body">${body(report, run)}</div></details>`,
  ].join('\n');
}

function aboutStep({ outcome, title, prerequisite }: StepReport & { outcome: StepReport['outcome'] }, { redact }: FinishedRun): string {
  const role = prerequisite ? ' (run as a prerequisite)' : '';
  switch (outcome.kind) {
    case 'skipped': return redact.text(`${outcome.skip.reason}: ${outcome.skip.detail}${role}`);
    case 'failed': return redact.text(`${title}${outcome.counted ? '' : ' (in an optional phase: not counted)'}${role}`);
    case 'passed': return redact.text(`${title}${role}`);
  }
}

function signOf({ outcome }: StepReport, ungraded: boolean): string {
  switch (outcome.kind) {
    case 'failed': return sign('failed', '✗');
    case 'skipped': return sign('skipped', '–');
    case 'passed': return ungraded ? sign('in-part', '?', 'passed in part') : sign('passed', '✓');
  }
}

export function sign(kind: string, mark: string, label = kind.replace('_', ' ')): string {
  return `<span class="sign ${kind}" role="img"${attributes({ 'aria-label': label, title: label })}>${mark}</span>`;
}

function body(report: StepReport, run: FinishedRun): string {
  const shown = report.validations.filter(({ finding }) => finding.kind === 'failed' || finding.kind === 'unknown');
  const silent = report.outcome.kind === 'failed' && failureHeadline(report, run.redact).validation === undefined;
  return [
    ...(silent ? [transportHtml(report, run)] : []), ...shown.map((validation) => findingHtml(report, validation, run)),
    checks(report.validations, run), exchange(report, run),
  ].join('\n');
}

function checks(validations: readonly Validation[], { redact, nonce }: FinishedRun): string {
  if (validations.length === 0) return '';
  const rows = validations.map(({ check, description, severity, finding }) => [
    `<tr><td class="${GRADE_CLASSES[finding.kind]}">${finding.kind.replace('_', ' ')}</td>`,
    `<td><code>${idOf(check, nonce)}</code>${severity === 'advisory' ? ' [ADVISORY]' : ''}</td>`,
    `<td>${foreign(redact.text(description), nonce)}</td></tr>`,
  ].join(''));
  return `<table><thead><tr><th>grade</th><th>check</th><th>what it asks</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}

function exchange(report: StepReport, { redact, nonce }: FinishedRun): string {
  const { request, response } = briefExchange(report, redact);
  if (request === null) return '<p class="place">nothing was sent</p>';
  const side = (name: string, value: unknown): string => {
    const json = JSON.stringify(value, null, 2);
    const rest = json.length - MAX_EXCHANGE;
    const cut = rest > 0 ? `${text(`… ${rest} more characters: the JSON report holds more of them`)}` : '';
    return `<details><summary>${name}</summary><div class="body"><pre>${foreign(json.slice(0, MAX_EXCHANGE), nonce)}</pre>${cut}</div></details>`;
  };
  return `${side('what was sent', request)}${side('what came', response)}`;
}
