/** One step as somebody who works on it wants to see it: what was sent, what came, and every check, whatever its outcome. `verbose`: whole, however long. */
import { formatAddress, type StepReport, type Validation } from '../step-report.ts';
import { exchangeText, type FailureStyle } from './failure-text.ts';
import { cut, escapeControls, showId } from './quote.ts';

export function stepText(report: StepReport, style: FailureStyle): string {
  const { outcome } = report;
  const told = outcome.kind === 'skipped' ? `skipped: ${outcome.skip.reason}: ${cut(outcome.skip.detail)}` : outcome.kind;
  return [
    `step      ${showId(formatAddress(report.address))} (${showId(report.task)}) ${told}`, exchangeText(report, style, style.verbose ? Number.POSITIVE_INFINITY : undefined),
    ...report.validations.map((validation) => checkLine(validation, style)),
  ].join('\n');
}

function checkLine({ check, description, severity, finding }: Validation, { colours, redact }: FailureStyle): string {
  const what = redact.text(`${escapeControls(check)}  ${cut(description)}${severity === 'advisory' ? ' [ADVISORY]' : ''}`);
  switch (finding.kind) {
    case 'passed': return `  ${colours.good('✓')} ${what}`;
    case 'failed': return `  ${severity === 'advisory' ? colours.warn('✗') : colours.bad('✗')} ${what}`;
    case 'not_applicable': return `  ${colours.dim('-')} ${what}: ${cut(redact.text(finding.note))}`;
    case 'unknown': return `  ${colours.warn('?')} ${what}: ${cut(redact.text(finding.note))}`;
  }
}
