import { adcpError, type AdcpError } from '../protocol/errors.ts';
import type { Duration } from '../protocol/wire/core/duration.ts';

/** A campaign is as long as it is: that unit goes with an interval of 1 (seller specification §3.7). */
export function durationFlaws(duration: Duration | undefined, field: string): AdcpError[] {
  if (duration?.unit !== 'campaign' || duration.interval === 1) return [];
  return [adcpError('INVALID_REQUEST', `${field}: a duration in the unit "campaign" has the interval 1`, { field: `${field}.interval` })];
}
