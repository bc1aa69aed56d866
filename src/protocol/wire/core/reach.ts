/** What reach counts, and over which time. */
import { Type, type Static } from 'typebox';
import { when } from './conditions.ts';
import { Duration } from './duration.ts';

export const REACH_UNITS = ['individuals', 'households', 'devices', 'accounts', 'cookies', 'custom'] as const;
export type ReachUnit = (typeof REACH_UNITS)[number];
export const ReachUnit = Type.Enum(REACH_UNITS);

export const REACH_WINDOW_KINDS = ['cumulative', 'period', 'rolling'] as const;

/** The time over which people are counted once; anything but `cumulative` says how long. */
export const ReachWindow = Type.Object({
  kind: Type.Enum(REACH_WINDOW_KINDS),
  period: Type.Optional(Duration),
}, { allOf: [when('kind', ['period', 'rolling'], { required: ['period'] })] });
export type ReachWindow = Static<typeof ReachWindow>;
