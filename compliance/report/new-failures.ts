import { formatAddress, type StepReport } from '../step-report.ts';
import type { FinishedRun } from './finished-run.ts';

/** Failed steps that count and that no baseline knows: those that a report explains. */
export function newFailures({ record, baseline }: Pick<FinishedRun, 'record' | 'baseline'>): readonly StepReport[] {
  const known = new Set(baseline?.comparison.known ?? []);
  return record.reports.filter(({ outcome, address }) => outcome.kind === 'failed' && outcome.counted && !known.has(formatAddress(address)));
}
