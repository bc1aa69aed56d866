/** What a package is optimised for (seller specification §3.8). Each goal is refused for the first thing that is wrong with it. */
import { adcpError, type AdcpError } from '../../protocol/errors.ts';
import type { OptimizationGoal } from '../../protocol/wire/core/optimization-goal.ts';
import { eventGoalFlaw } from './event-goal.ts';
import type { LineCheck, OrderFacts, PackageLine } from './line.ts';
import { metricGoalFlaw } from './metric-goal.ts';
import { vendorMetricGoalFlaw } from './vendor-metric-goal.ts';

/** Refuses goals that the product or the seller does not optimise for, or that name what is not registered. */
export const goals: LineCheck = (line, facts) => {
  const asked = line.asked.optimization_goals ?? [];
  const field = `${line.path}.optimization_goals`;
  const most = line.terms.max_optimization_goals;
  if (most !== undefined && asked.length > most)
    return [adcpError('INVALID_REQUEST', `${field}: the product takes ${most} at most`, { field })];
  return asked.flatMap((goal, at) => goalFlaw(goal, `${field}[${at}]`, line, facts) ?? []);
};

function goalFlaw(goal: OptimizationGoal, at: string, line: PackageLine, facts: OrderFacts): AdcpError | undefined {
  switch (goal.kind) {
    case 'metric':
      return metricGoalFlaw(goal, at, line.terms, facts.features);
    case 'event':
      return eventGoalFlaw(goal, at, line.terms, facts);
    case 'vendor_metric':
      return vendorMetricGoalFlaw(goal, at, line, facts);
  }
}
