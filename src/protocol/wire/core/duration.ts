/** A length of time in whole units. */
import { Type, type Static } from 'typebox';
import { Ordinal } from './numbers.ts';

export const DURATION_UNITS = ['seconds', 'minutes', 'hours', 'days', 'campaign'] as const;
export type DurationUnit = (typeof DURATION_UNITS)[number];

export const Duration = Type.Object({
  interval: Ordinal,
  unit: Type.Enum(DURATION_UNITS),
}, { additionalProperties: false, description: 'A length of time; campaign means the whole flight and goes with interval 1.' });
export type Duration = Static<typeof Duration>;
