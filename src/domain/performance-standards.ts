import type { PerformanceStandard } from '../protocol/wire/core/measurement-terms.ts';

/** Whether what is offered holds what is asked: the same metric, vendor and standard, at a threshold that is at least as strict. */
export function meetsStandard(offered: PerformanceStandard, asked: PerformanceStandard): boolean {
  return (
    offered.metric === asked.metric &&
    offered.vendor.domain === asked.vendor.domain &&
    (asked.standard === undefined || offered.standard === asked.standard) &&
    // Invalid traffic is bounded from above, everything else from below.
    (asked.metric === 'ivt' ? offered.threshold <= asked.threshold : offered.threshold >= asked.threshold)
  );
}
