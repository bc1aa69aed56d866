/** A failed step in one line, for places that have room for no more. */
import type { StepReport, Validation } from '../step-report.ts';
import { headline } from './failure-text.ts';
import type { Redactor } from './redact.ts';
import { shownValues } from './step-result.ts';
import { showId, showText } from './quote.ts';

export interface Headline {
  /** The kind of the first check that failed, or how the exchange failed. */
  readonly kind: string;
  readonly text: string;
  readonly validation?: Validation;
}

/** The first reason why a step failed. */
export function failureHeadline(report: StepReport, redact: Redactor): Headline {
  const first = report.validations.find(({ finding, severity }) => finding.kind === 'failed' && severity === 'required');
  if (first?.finding.kind === 'failed') {
    const values = shownValues(first.check, first.finding, redact);
    return { kind: first.check, text: redact.text(headline(first.check, first.finding, values)), validation: first };
  }
  const transport = report.outcome.kind === 'failed' ? report.outcome.transport : undefined;
  return {
    kind: transport?.code ?? 'failed',
    text: `${showId(report.task)} got no usable answer: ${showText(redact.text(transport?.message ?? 'it failed'))}`,
  };
}
