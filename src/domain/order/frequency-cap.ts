/** Frequency caps that delivery can honour (seller specification §3.7). The lists stand in the capabilities as they stand here. */
import { adcpError, type AdcpError } from '../../protocol/errors.ts';
import type { FrequencyCap } from '../../protocol/wire/core/frequency-cap.ts';
import type { DurationUnit } from '../../protocol/wire/core/duration.ts';
import type { ReachUnit } from '../../protocol/wire/core/reach.ts';
import { durationFlaws } from '../duration.ts';

/** `frequency_capping.supported_per_units`. */
export const CAP_UNITS: readonly ReachUnit[] = ['individuals', 'households', 'devices'];
/** `frequency_capping.supported_window_units`. */
export const CAP_WINDOW_UNITS: readonly DurationUnit[] = ['hours', 'days', 'campaign'];

/** Everything that keeps a cap from being enforced. @param field where it stands */
export function capFlaws({ per, window, suppress }: FrequencyCap, field: string): AdcpError[] {
  const one = (value: string | undefined, member: string, among: readonly string[]) =>
    value === undefined || among.includes(value)
      ? []
      : [
          adcpError('INVALID_REQUEST', `${field}.${member} "${value}" cannot be enforced; use one of ${among.join(', ')}`, {
            field: `${field}.${member}`,
          }),
        ];
  return [
    ...one(per, 'per', CAP_UNITS),
    ...one(window?.unit, 'window.unit', CAP_WINDOW_UNITS),
    ...durationFlaws(window, `${field}.window`),
    ...durationFlaws(suppress, `${field}.suppress`),
  ];
}
