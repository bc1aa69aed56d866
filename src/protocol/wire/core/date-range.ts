/** Spans of time: of calendar days, both included, or of moments. */
import { Type, type Static } from 'typebox';
import { DateTime, FullDate } from './texts.ts';

/** Calendar days, the first and the last included. */
export const DateRange = Type.Object({ start: FullDate, end: FullDate });
export type DateRange = Static<typeof DateRange>;

export const DateTimeRange = Type.Object({ start: DateTime, end: DateTime });
export type DateTimeRange = Static<typeof DateTimeRange>;
