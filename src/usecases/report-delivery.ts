import { hourOf } from '../domain/delivery-hours.ts';
import type { AskedDays, AskedHours } from '../domain/delivery-period.ts';
import { ticked } from '../domain/media-buy-lifecycle.ts';
import type { MediaBuyRecord } from '../domain/media-buy.ts';
import type { Change } from '../domain/ports/store.ts';
import { reportNotice } from '../domain/report-notice.ts';
import { nextReport, queuedReport, type ReportDue } from '../domain/report-schedule.ts';
import { queuedWebhook } from '../domain/webhook-queue.ts';
import { windowNotice, type WindowDue } from '../domain/window-notice.ts';
import type { Desk } from './desk.ts';
import { deliveryOfBuys } from './delivery-of-buys.ts';
import { getMediaBuyDelivery } from './get-media-buy-delivery.ts';

/**
 * Makes a report whose time has come: the event, and the next report. Nothing when the buy is gone or no longer reported.
 * @throws Error when the delivery of the buy cannot be read
 */
export async function reportDelivery(principal_id: string, due: ReportDue, desk: Desk): Promise<readonly Change[]> {
  const reach = { principal_id, wide: true } as const;
  const stored = await desk.store.mediaBuy(reach, due.media_buy_id);
  const now = desk.clock.now().toISOString();
  const buy = stored && ticked(stored, now);
  if (buy?.reporting_webhook === undefined) return [];

  const report = await deliveryOfBuys(principal_id, [buy], askedOf(buy, due), { daily: false }, desk);
  if (report.kind === 'refused') throw new Error(`no delivery to report of ${due.media_buy_id}: ${report.errors[0].message}`);
  const next = nextReport(buy, due);
  return [
    ...(buy === stored ? [] : [{ kind: 'put_media_buy', buy } as const]),
    ...queuedWebhook(reportNotice(buy, due, report.body, now), desk.ids.next('job')),
    ...(next ? [queuedReport(buy, next)] : []),
  ];
}

/** Tells of figures that were measured anew: all that is known of the buy by now. */
export async function reportWindow(principal_id: string, due: WindowDue, desk: Desk): Promise<readonly Change[]> {
  const reach = { principal_id, wide: true } as const;
  const buy = await desk.store.mediaBuy(reach, due.media_buy_id);
  if (buy === undefined) return [];
  const report = await getMediaBuyDelivery({ media_buy_ids: [due.media_buy_id] }, { principal: { principal_id, mode: 'live' }, reach }, desk);
  if (report.kind === 'refused') throw new Error(`no delivery to report of ${due.media_buy_id}: ${report.errors[0].message}`);
  return [...(report.changes ?? []), ...windowNotice(buy, due, report.body, desk.ids, desk.clock.now().toISOString())];
}

/** The hour, or the days, that a report is about. Some products know their whole life only. */
function askedOf({ packages, reporting_webhook }: MediaBuyRecord, { start, end }: ReportDue): AskedDays | AskedHours {
  if (packages.some(({ terms }) => terms.reporting_capabilities.date_range_support === 'lifetime_only')) return { kind: 'days' };
  if (reporting_webhook?.reporting_frequency === 'hourly') return { kind: 'hours', start: hourOf(start), end: hourOf(end) };
  return { kind: 'days', start: start.slice(0, 10), end: end.slice(0, 10) };
}
