/** When a buy and its packages run (seller specification §2.8, rows 3, 4 and 10). */
import { adcpError, type AdcpError } from '../../protocol/errors.ts';
import type { Flight, LineCheck } from './line.ts';

/** How far a start may lie back, for clocks that differ and calls that travel. */
export const SKEW_MS = 60_000;

const at = (time: string): number => Date.parse(time);

/** The word `asap` as the time that it means. */
export const resolvedStart = (start_time: string, now: string): string => (start_time === 'asap' ? now : start_time);

/** A flight ends after it starts. */
export function endFlaw({ start_time, end_time }: Flight): AdcpError[] {
  if (at(end_time) > at(start_time)) return [];
  return [adcpError('INVALID_REQUEST', `end_time ${end_time} does not lie behind the start, ${start_time}`, { field: 'end_time' })];
}

/** A flight starts now or later; see `SKEW_MS`. */
export function startFlaw({ start_time }: Flight, now: string): AdcpError[] {
  if (at(start_time) >= at(now) - SKEW_MS) return [];
  return [adcpError('INVALID_REQUEST', `start_time ${start_time} has passed; use "asap" to start at once`, { field: 'start_time' })];
}

/** A package runs within the flight of its buy, and ends after it starts. */
export const packageFlight: LineCheck = ({ path, asked: { start_time, end_time } }, { flight }) => {
  const outside = (member: 'start_time' | 'end_time', why: string) => [
    adcpError('INVALID_REQUEST', `${path}.${member} ${why}`, { field: `${path}.${member}` }),
  ];
  if (start_time !== undefined && (at(start_time) < at(flight.start_time) - SKEW_MS || at(start_time) >= at(flight.end_time)))
    return outside('start_time', `lies outside the flight of the buy, ${flight.start_time} to ${flight.end_time}`);
  if (end_time === undefined) return [];
  if (at(end_time) > at(flight.end_time)) return outside('end_time', `lies behind the end of the buy, ${flight.end_time}`);
  const start = start_time ?? flight.start_time;
  return at(end_time) > at(start) ? [] : outside('end_time', `does not lie behind the start of the package, ${start}`);
};
