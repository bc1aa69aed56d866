/** Figures that were measured anew: told as soon as a platform reports them, not only at the next scheduled report (seller specification §5.4). */
import type { WebhookPayload } from '../protocol/wire/core/webhook-payload.ts';
import type { GetMediaBuyDeliverySuccess } from '../protocol/wire/get-media-buy-delivery.ts';
import type { DeliveryGauges, PackageGauges } from './delivery-facts.ts';
import { mergedGauges } from './delivery-gauges.ts';
import type { MediaBuyRecord } from './media-buy.ts';
import type { Ids } from './ports/ids.ts';
import type { Change } from './ports/store.ts';
import { TASK_PROTOCOL } from './task-notice.ts';
import { queuedWebhook } from './webhook-queue.ts';

/** A buy whose figures have moved to another measurement window, and which window they take the place of. */
export interface WindowDue {
  readonly media_buy_id: string;
  readonly supersedes_window?: string;
  /** The same of packages that moved by themselves, by id. */
  readonly packages?: Readonly<Record<string, string>>;
}

/** What a buyer is told by: its reporting webhook, else the one that it gave for the buy. */
const receiverOf = ({ reporting_webhook, push_notification_config }: MediaBuyRecord) => reporting_webhook ?? push_notification_config;

/**
 * The job that tells of a window that has matured, or of figures that became final; nothing when neither has happened, or when
 * nobody asked. It runs after the commit that records the figures.
 */
export function queuedWindow(buy: MediaBuyRecord, before: DeliveryGauges, reported: DeliveryGauges, ids: Ids, now: string): Change[] {
  const after = mergedGauges(before, reported);
  const parts = [[before, after], ...buy.packages.map(({ package: { package_id } }) => [before.packages?.[package_id] ?? {}, after.packages?.[package_id] ?? {}] as const)] as const;
  if (receiverOf(buy) === undefined || !parts.some(([was, is]) => matured(was, is) || settled(was, is))) return [];
  const { principal_id, media_buy_id } = buy;
  const supersedes = matured(before, after) ? before.measurement_window : undefined;
  const packages = Object.entries(reported.packages ?? {}).flatMap(([id, is]) => {
    const was = before.packages?.[id] ?? before;
    return matured(was, is) && was.measurement_window !== undefined ? [[id, was.measurement_window] as const] : [];
  });
  return [{
    kind: 'enqueue',
    job: {
      kind: 'report_window', job_id: ids.next('job'), principal_id, lane: `report:${principal_id}/${media_buy_id} windows`, run_at: now,
      payload: {
        media_buy_id, ...(supersedes === undefined ? {} : { supersedes_window: supersedes }),
        ...(packages.length > 0 ? { packages: Object.fromEntries(packages) } : {}),
      },
    },
  }];
}

const matured = (was: PackageGauges, is: PackageGauges): boolean => is.measurement_window !== undefined && is.measurement_window !== was.measurement_window;
const settled = (was: PackageGauges, is: PackageGauges): boolean => is.is_final === true && was.is_final !== true && is.measurement_window !== undefined;

/** @param report what `get_media_buy_delivery` answers for the whole life of the buy */
export function windowNotice(buy: MediaBuyRecord, { supersedes_window, packages }: WindowDue, report: GetMediaBuyDeliverySuccess, ids: Ids, now: string): Change[] {
  const receiver = receiverOf(buy);
  if (receiver === undefined) return [];
  const { principal_id, media_buy_id } = buy;
  const { url, authentication, token, operation_id } = receiver;
  const webhook_id = ids.next('whk');
  const { reporting_period, currency, attribution_window, media_buy_deliveries } = report;
  const superseding = (package_id: string) => {
    const window = packages?.[package_id] ?? supersedes_window;
    return window === undefined ? {} : { supersedes_window: window };
  };
  const body: WebhookPayload = {
    idempotency_key: webhook_id, operation_id: operation_id ?? media_buy_id, task_id: `${media_buy_id}:windows`,
    task_type: 'media_buy_delivery', protocol: TASK_PROTOCOL, status: 'completed', timestamp: now,
    result: {
      notification_type: 'window_update', reporting_period, currency, ...(attribution_window ? { attribution_window } : {}),
      media_buy_deliveries: media_buy_deliveries.map((delivery) => ({ ...delivery, by_package: delivery.by_package.map((row) => ({ ...row, ...superseding(row.package_id) })) })),
    },
  };
  return queuedWebhook({
    webhook_id, principal_id, about: `media_buy:${media_buy_id}`, notification: 'window_update', url, created_at: now, body: JSON.stringify(body),
    ...(authentication ? { authentication } : {}), ...(token === undefined ? {} : { token }),
  }, ids.next('job'));
}
