import { formatLocation } from '../../location.ts';
import { formatAddress, type StepReport, type Validation } from '../../step-report.ts';
import { headline, notes } from '../failure-text.ts';
import type { FinishedRun } from '../finished-run.ts';
import { likelyFault } from '../likely-fault.ts';
import { rerunLine } from '../rerun.ts';
import { shownValues } from '../step-result.ts';
import { foreign, text } from './foreign.ts';

/** A check that failed, or that nobody knows, with all that explains it. */
export function findingHtml(report: StepReport, validation: Validation, run: FinishedRun): string {
  const { finding, check, severity } = validation;
  const { redact } = run;
  if (finding.kind !== 'failed') return block(report, validation, run, 'advisory', `${check}: ${finding.kind === 'passed' ? '' : finding.note}`, []);
  const values = shownValues(check, finding, redact);
  const advisory = severity === 'advisory';
  return block(
    report, validation, run, advisory ? 'advisory' : 'required', `${advisory ? '[ADVISORY] ' : ''}${check}: ${headline(check, finding, values)}`,
    notes(check, finding, values)
  );
}

/** A step to which no answer came that could be checked. */
export function transportHtml(report: StepReport, run: FinishedRun): string {
  const transport = report.outcome.kind === 'failed' ? report.outcome.transport : undefined;
  return block(report, undefined, run, 'required', `${transport?.code ?? 'failed'}: ${transport?.message ?? 'it failed'}`, []);
}

function block(
  report: StepReport, validation: Validation | undefined, run: FinishedRun, kind: 'required' | 'advisory', heading: string, lines: readonly string[]
): string {
  const { redact, rerun, nonce } = run;
  const location = validation?.location ?? report.location;
  const fault = likelyFault(report, validation);
  const shown = (value: string): string => foreign(redact.text(value), nonce);
  const row = (name: string, value: string): string => `<dt>${name}</dt><dd>${value}</dd>`;
  return [
    `<div class="finding ${kind}"><p class="headline">${shown(heading)}</p>`,
    `<p class="place"><code>${shown(`${formatLocation(location)}  ${location.source.trim().slice(0, 200)}`)}</code></p>`,
    ...(lines.length === 0 ? [] : [`<pre>${shown(lines.join('\n'))}</pre>`]),
    `<dl>${row('likely', `${fault.party}: ${shown(fault.reason)}`)}`,
    ...(validation?.remediation === undefined ? [] : [row('hint', shown(validation.remediation))]),
    row('rerun', `<code class="rerun">${text(redact.text(rerunLine(rerun, formatAddress(report.address))))}</code>`), '</dl></div>',
  ].join('');
}
