import type { StepReport } from '../step-report.ts';

/** planned = passed + failed + skipped + not_run, for any set of planned results. */
export interface StepCounts {
  readonly planned: number;
  readonly passed: number;
  /** All failures, those in optional phases included. */
  readonly failed: number;
  /** The part of `failed` that lies in optional phases and is not held against the seller. */
  readonly failed_optional: number;
  readonly skipped: number;
  readonly not_run: number;
}

export function countSteps(planned: number, reports: Iterable<StepReport>): StepCounts {
  const counts = { planned, passed: 0, failed: 0, failed_optional: 0, skipped: 0, not_run: planned };
  for (const { outcome } of reports) {
    counts.not_run -= 1;
    counts[outcome.kind] += 1;
    if (outcome.kind === 'failed' && !outcome.counted) counts.failed_optional += 1;
  }
  return counts;
}

/** How often each key occurs, most frequent first. */
export function tally(keys: Iterable<string>): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
}
