import type { MediaBuyRecord } from '../domain/media-buy.ts';
import type { Desk } from './desk.ts';

/** What each package of a buy has spent, in millionths of the currency's major unit; one that has no report yet is missing. */
export async function spentByPackage(buy: MediaBuyRecord, desk: Desk): Promise<ReadonlyMap<string, number>> {
  const [ledger] = await desk.store.delivery(buy.principal_id, [buy.media_buy_id]);
  const spent = new Map<string, number>();
  for (const { package_id, counters } of ledger?.rows ?? []) spent.set(package_id, (spent.get(package_id) ?? 0) + counters.spend_micros);
  return spent;
}
