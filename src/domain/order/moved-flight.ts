/** Changes of flights: what has begun cannot begin again, and nothing can be made to have ended (seller specification §2.9). */
import { adcpError, type AdcpError } from '../../protocol/errors.ts';
import type { UpdateMediaBuyRequest } from '../../protocol/wire/update-media-buy.ts';
import type { MediaBuyRecord } from '../media-buy.ts';
import { endFlaw, packageFlight, resolvedStart, SKEW_MS, startFlaw } from './flight.ts';
import type { Flight, OrderFacts } from './line.ts';

const same = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && Date.parse(a) === Date.parse(b);
const passed = (time: string, now: string, skew = 0): boolean => Date.parse(time) < Date.parse(now) - skew;
const flaw = (field: string, why: string): AdcpError => adcpError('INVALID_REQUEST', `${field} ${why}`, { field });

/** The flight of the buy after the update. */
export function flightAfter(buy: Flight, { start_time, end_time }: UpdateMediaBuyRequest, now: string): Flight {
  return { start_time: start_time === undefined ? buy.start_time : resolvedStart(start_time, now), end_time: end_time ?? buy.end_time };
}

/** What is wrong with a new start or end of the buy. Repeating the present one is fine. */
export function movedFlightFlaws(buy: MediaBuyRecord, request: UpdateMediaBuyRequest, now: string): AdcpError[] {
  const after = flightAfter(buy, request, now);
  const startMoves = !same(after.start_time, buy.start_time);
  const endMoves = !same(after.end_time, buy.end_time);
  if (startMoves && buy.history.some(({ status }) => status === 'active' || status === 'paused'))
    return [flaw('start_time', 'cannot move: the flight has begun')];
  return [
    ...(startMoves || endMoves ? endFlaw(after) : []),
    ...(startMoves ? startFlaw(after, now) : []),
    ...(endMoves && passed(after.end_time, now) ? [flaw('end_time', 'has passed; use "canceled" to end the buy now')] : []),
  ].slice(0, 1);
}

/** The same for packages that get times of their own. */
export function movedPackageFlaws(buy: MediaBuyRecord, { packages = [] }: UpdateMediaBuyRequest, now: string): AdcpError[] {
  return packages.flatMap(({ package_id, start_time, end_time }, at) => {
    const before = buy.packages.find((each) => each.package.package_id === package_id)?.package;
    return [
      ...(start_time !== undefined && !same(start_time, before?.start_time ?? buy.start_time) && passed(start_time, now, SKEW_MS)
        ? [flaw(`packages[${at}].start_time`, 'has passed')]
        : []),
      ...(end_time !== undefined && !same(end_time, before?.end_time ?? buy.end_time) && passed(end_time, now)
        ? [flaw(`packages[${at}].end_time`, 'has passed')]
        : []),
    ];
  });
}

/** Packages that keep their own times, which a new flight of the buy would cut off: the new time of the buy is the culprit. */
export function cutOffFlaws(buy: MediaBuyRecord, { packages = [] }: UpdateMediaBuyRequest, facts: OrderFacts): AdcpError[] {
  if (same(facts.flight.start_time, buy.start_time) && same(facts.flight.end_time, buy.end_time)) return [];
  const moved = new Set(
    packages.filter((change) => change.start_time !== undefined || change.end_time !== undefined).map(({ package_id }) => package_id),
  );
  return buy.packages
    .flatMap(({ package: { package_id, canceled, start_time, end_time }, terms }) => {
      if (canceled === true || moved.has(package_id)) return [];
      const asked = { ...(start_time === undefined ? {} : { start_time }), ...(end_time === undefined ? {} : { end_time }) };
      return packageFlight({ path: package_id, asked, terms }, facts).map(({ field, message }) =>
        flaw(field!.slice(package_id.length + 1), `would cut off a package: ${message}`),
      );
    })
    .slice(0, 1);
}
