import { adcpError, type AdcpError } from '../../protocol/errors.ts';
import type { MetricGoal } from '../../protocol/wire/core/optimization-goal.ts';
import { REACH_UNITS } from '../../protocol/wire/core/reach.ts';
import { durationFlaws } from '../duration.ts';
import type { Features } from '../features.ts';
import type { PackageLine } from './line.ts';

/** Seconds after which a view may count as completed, where the product does not say. */
export const VIEW_DURATIONS: readonly number[] = [2, 6, 15, 30];

/** The first thing that is wrong with a goal on a metric. A product that declares what it optimises for is held to it. */
export function metricGoalFlaw(
  goal: MetricGoal,
  at: string,
  { metric_optimization: offered }: PackageLine['terms'],
  features: Features,
): AdcpError | undefined {
  const invalid = (member: string, why: string) => adcpError('INVALID_REQUEST', `${at}.${member}: ${why}`, { field: `${at}.${member}` });
  const { metric, reach_unit, view_duration_seconds: seconds, target, target_frequency: band } = goal;
  if (offered && !offered.supported_metrics.includes(metric))
    return invalid('metric', `the product optimises for ${offered.supported_metrics.join(', ')}`);
  if (!(features.optimization_metrics as readonly string[]).includes(metric))
    return adcpError(
      'UNSUPPORTED_FEATURE',
      `${at}.metric: this seller optimises for ${features.optimization_metrics.join(', ') || 'no metric'}`,
      { field: `${at}.metric` },
    );
  if (metric === 'reach' && reach_unit === undefined) return invalid('reach_unit', 'a goal on reach says what it counts');
  const units = offered?.supported_reach_units ?? REACH_UNITS;
  if (reach_unit !== undefined && !units.includes(reach_unit)) return invalid('reach_unit', `the product counts ${units.join(', ')}`);
  const durations = offered?.supported_view_durations ?? VIEW_DURATIONS;
  if (seconds !== undefined && !durations.includes(seconds))
    return invalid('view_duration_seconds', `the product counts views of ${durations.join(', ')} seconds`);
  if (target && offered?.supported_targets && !offered.supported_targets.includes(target.kind))
    return invalid('target.kind', `the product takes ${offered.supported_targets.join(', ') || 'no target'}`);
  if (band?.min !== undefined && band.max !== undefined && band.max < band.min)
    return invalid('target_frequency.max', 'lies below target_frequency.min');
  return durationFlaws(band?.window, `${at}.target_frequency.window`)[0];
}
