/** The packages of an update as the checks see them: what would change, held against what was agreed. */
import type { PackageUpdate } from '../../protocol/wire/core/package-update.ts';
import type { MediaBuyRecord } from '../media-buy.ts';
import { picked } from '../picked.ts';
import type { PackageAsk, PackageLine } from './line.ts';

/** @param spent millionths of the currency's major unit, by package */
export function changeLines(buy: MediaBuyRecord, changes: readonly PackageUpdate[], spent: ReadonlyMap<string, number>): PackageLine[] {
  return changes.flatMap((change, at) => {
    const record = buy.packages.find((each) => each.package.package_id === change.package_id);
    if (record === undefined) return [];
    const asked = picked(change, [
      'budget',
      'bid_price',
      'targeting_overlay',
      'optimization_goals',
      'catalogs',
      'creative_assignments',
      'creatives',
    ]);
    return [
      {
        path: `packages[${at}]`,
        asked: { ...asked, ...movedFlight(change, record.package) },
        terms: record.terms,
        ...(record.package.committed_metrics ? { committed: record.package.committed_metrics } : {}),
        ...(record.pricing ? { pricing: record.pricing } : {}),
        spent_micros: spent.get(change.package_id) ?? 0,
      },
    ];
  });
}

/** One end of a flight is judged with the other. */
function movedFlight(change: PackageUpdate, before: PackageAsk): PackageAsk {
  if (change.start_time === undefined && change.end_time === undefined) return {};
  return picked({ ...picked(before, ['start_time', 'end_time']), ...picked(change, ['start_time', 'end_time']) }, [
    'start_time',
    'end_time',
  ]);
}
