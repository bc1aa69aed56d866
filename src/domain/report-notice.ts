/** A report of delivery as it is posted: AdCP's webhook envelope around the delivery of one buy (seller specification §5.4). */
import type { WebhookPayload } from '../protocol/wire/core/webhook-payload.ts';
import { AVAILABLE_METRICS } from '../protocol/wire/core/metric.ts';
import type { GetMediaBuyDeliverySuccess } from '../protocol/wire/get-media-buy-delivery.ts';
import type { MediaBuyRecord } from './media-buy.ts';
import { nextReport, reportAt, reportId, type ReportDue } from './report-schedule.ts';
import { TASK_PROTOCOL } from './task-notice.ts';
import type { WebhookRecord } from './webhook.ts';

/** @param report what `get_media_buy_delivery` answers for the buy and the period */
export function reportNotice(buy: MediaBuyRecord, due: ReportDue, report: GetMediaBuyDeliverySuccess, now: string): WebhookRecord {
  const { principal_id, media_buy_id, reporting_webhook } = buy;
  const { url, authentication, token, requested_metrics } = reporting_webhook!;
  const next = nextReport(buy, due);
  const webhook_id = reportId(principal_id, due);
  const { reporting_period, currency, attribution_window, media_buy_deliveries } = report;
  const body: WebhookPayload = {
    idempotency_key: webhook_id, operation_id: media_buy_id, task_id: `${media_buy_id}:report:${due.sequence_number}`,
    task_type: 'media_buy_delivery', protocol: TASK_PROTOCOL, status: 'completed', timestamp: now,
    result: {
      notification_type: next ? 'scheduled' : 'final', sequence_number: due.sequence_number, ...(next ? { next_expected_at: reportAt(buy, next) } : {}),
      reporting_period, currency, ...(attribution_window ? { attribution_window } : {}),
      media_buy_deliveries: requested_metrics ? media_buy_deliveries.map((delivery) => narrowed(delivery, requested_metrics)) : media_buy_deliveries,
    },
  };
  return {
    webhook_id, principal_id, about: `media_buy:${media_buy_id}`, notification: next ? 'scheduled' : 'final', url, created_at: now,
    sequence_number: due.sequence_number, body: JSON.stringify(body),
    ...(authentication ? { authentication } : {}), ...(token === undefined ? {} : { token }),
  };
}

type Delivery = GetMediaBuyDeliverySuccess['media_buy_deliveries'][number];

/** The metrics that the buyer wants, and spend, which every row has. */
function narrowed(delivery: Delivery, wanted: readonly string[]): Delivery {
  const dropped = new Set<string>(AVAILABLE_METRICS.filter((metric) => metric !== 'spend' && !wanted.includes(metric)));
  // Reach is told with its unit and its window, or not at all.
  if (dropped.has('reach')) for (const member of ['reach_unit', 'reach_window']) dropped.add(member);
  const kept = <Row extends object>(row: Row): Row => Object.fromEntries(Object.entries(row).filter(([member]) => !dropped.has(member))) as Row;
  return { ...delivery, totals: kept(delivery.totals), by_package: delivery.by_package.map(kept) };
}
