import type { DeliveryFact, DeliveryGauges } from '../src/domain/delivery-facts.ts';
import type { MediaBuyRecord } from '../src/domain/media-buy.ts';
import type { Change } from '../src/domain/ports/store.ts';
import { queuedWindow } from '../src/domain/window-notice.ts';
import type { UseCase } from '../src/usecases/desk.ts';

/**
 * Television takes a week to count, and a test run has seconds. So the training platform counts the packages of a buy that are measured
 * in three windows twice as soon as it is booked, in the first and in the second, without having shown anything: a buyer sees how
 * counts take each other's place, and no number that nobody simulated. The last window, which is billed, is for the test to reach.
 */
export function countedAtOnce<Request, Body>(create: UseCase<Request, Body>): UseCase<Request, Body> {
  return async (request, caller, desk) => {
    const decision = await create(request, caller, desk);
    if (decision.kind === 'refused') return decision;
    const now = desk.clock.now().toISOString();
    const counts = (decision.changes ?? []).flatMap((change): Change[] => {
      const counted = change.kind === 'put_media_buy' ? twoCounts(change.buy) : undefined;
      if (change.kind !== 'put_media_buy' || counted === undefined) return [];
      const [first, second] = counted;
      return [
        ...[first, second].map((gauges) => ({ kind: 'record_delivery', fact: factOf(change.buy, gauges, now) }) as const),
        ...queuedWindow(change.buy, first, second, desk.ids, now),
      ];
    });
    return counts.length === 0 ? decision : { ...decision, changes: [...decision.changes!, ...counts] };
  };
}

/** What is known after each count; undefined when nothing of the buy is television. */
function twoCounts({ packages }: MediaBuyRecord): readonly [DeliveryGauges, DeliveryGauges] | undefined {
  const windows = packages.flatMap(({ package: { package_id }, terms }) => {
    const [first, second, last] = terms.channels?.includes('linear_tv') ? (terms.reporting_capabilities.measurement_windows ?? []) : [];
    return first && second && last ? [[package_id, first.window_id, second.window_id] as const] : [];
  });
  if (windows.length === 0) return undefined;
  const gauges = (at: 1 | 2): DeliveryGauges => ({ packages: Object.fromEntries(windows.map((each) => [each[0], { measurement_window: each[at], is_final: false }])) });
  return [gauges(1), gauges(2)];
}

const factOf = ({ principal_id, media_buy_id }: MediaBuyRecord, gauges: DeliveryGauges, now: string): DeliveryFact =>
  ({ principal_id, media_buy_id, day: now.slice(0, 10), increments: [], gauges });
