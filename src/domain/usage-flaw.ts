/** What keeps an entry of `report_usage` from being taken; paths are relative to the entry. */
import { adcpError, type AdcpError } from '../protocol/errors.ts';
import type { UsageEntry } from '../protocol/wire/report-usage.ts';
import type { AccountRecord } from './account.ts';
import type { MediaBuyRecord } from './media-buy.ts';

/** @param buy the one that the entry names, when the caller has it */
export function usageFlaw(entry: UsageEntry, account: AccountRecord, buy: MediaBuyRecord | undefined): AdcpError | undefined {
  const { media_buy_id, currency, final, finalized_at, measurement_window } = entry;
  if (final === true && finalized_at === undefined)
    return adcpError('INVALID_REQUEST', 'numbers that are final say since when: add finalized_at', { field: 'finalized_at' });
  if (final !== true && finalized_at !== undefined)
    return adcpError('INVALID_REQUEST', 'finalized_at stands only beside final: true', { field: 'finalized_at' });
  if (media_buy_id === undefined) return undefined;
  if (buy === undefined || buy.account_id !== account.account_id)
    return adcpError('MEDIA_BUY_NOT_FOUND', `the account has no media buy "${media_buy_id}"`, { field: 'media_buy_id' });
  if (currency !== buy.currency)
    return adcpError('INVALID_REQUEST', `media buy ${media_buy_id} is in ${buy.currency}, the usage in ${currency}`, { field: 'currency' });
  return measurement_window === undefined ? undefined : windowFlaw(measurement_window, buy);
}

/** Windows are known where products say at which they are measured, or terms agree on one. */
function windowFlaw(window: string, { packages }: MediaBuyRecord): AdcpError | undefined {
  const known = packages.flatMap(({ package: bought, terms }) => [
    ...(terms.reporting_capabilities.measurement_windows ?? []).map(({ window_id }) => window_id),
    ...[bought.measurement_terms?.billing_measurement?.measurement_window ?? []].flat(),
  ]);
  if (known.length === 0 || known.includes(window)) return undefined;
  return adcpError('INVALID_REQUEST', `the media buy is measured at ${[...new Set(known)].join(', ')}`, { field: 'measurement_window' });
}
