/** When delivery is reported to a buyer that asked for it, and what each report covers (seller specification §5.4). All in UTC. */
import { canonicalHash } from '../protocol/canonical-json.ts';
import { isTerminal, type MediaBuyRecord } from './media-buy.ts';
import type { Change } from './ports/store.ts';

export type ReportingFrequency = 'hourly' | 'daily' | 'monthly';

/** A report that is due once its period has ended and the figures have come in. */
export interface ReportDue {
  readonly media_buy_id: string;
  /** 1 for the first of a buy. */
  readonly sequence_number: number;
  /** ISO 8601, half-open. */
  readonly start: string;
  readonly end: string;
}

/** The whole hour, day or month that a moment lies in. */
export function periodAround(moment: string, frequency: ReportingFrequency): { readonly start: string; readonly end: string } {
  const at = new Date(moment);
  const [year, month, day, hour] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), at.getUTCHours()];
  const whole = (step: number): string => {
    const parts = { hourly: [month, day, hour + step], daily: [month, day + step, 0], monthly: [month + step, 1, 0] } as const;
    const [m, d, h] = parts[frequency];
    return new Date(Date.UTC(year, m, d, h)).toISOString();
  };
  return { start: whole(0), end: whole(1) };
}

/** How long after a period its figures are complete: as long as the slowest product of the buy takes. */
export const reportDelayMinutes = ({ packages }: MediaBuyRecord): number =>
  Math.max(0, ...packages.map(({ terms }) => terms.reporting_capabilities.expected_delay_minutes));

/** When a report is sent. */
export const reportAt = (buy: MediaBuyRecord, { end }: Pick<ReportDue, 'end'>): string =>
  new Date(Date.parse(end) + reportDelayMinutes(buy) * 60_000).toISOString();

const frequencyOf = ({ reporting_webhook }: MediaBuyRecord): ReportingFrequency | undefined =>
  reporting_webhook?.reporting_frequency as ReportingFrequency | undefined;

/** The first report of a buy: of the period in which its flight begins, or in which the buyer asked, if that is later. */
export function firstReport(buy: MediaBuyRecord, now: string): ReportDue | undefined {
  const frequency = frequencyOf(buy);
  if (frequency === undefined) return undefined;
  const from = Date.parse(buy.start_time) > Date.parse(now) ? buy.start_time : now;
  return { media_buy_id: buy.media_buy_id, sequence_number: 1, ...periodAround(from, frequency) };
}

/** What follows a report; undefined when that was the last, because the buy had ended in its period. */
export function nextReport(buy: MediaBuyRecord, { media_buy_id, sequence_number, end }: ReportDue): ReportDue | undefined {
  const frequency = frequencyOf(buy);
  if (frequency === undefined || endedBefore(buy, end)) return undefined;
  return { media_buy_id, sequence_number: sequence_number + 1, ...periodAround(end, frequency) };
}

/** A buy delivers nothing after its flight, nor after it was canceled or rejected. */
function endedBefore(buy: MediaBuyRecord, end: string): boolean {
  const over = buy.cancellation?.canceled_at ?? (isTerminal(buy.status) ? buy.updated_at : buy.end_time);
  return Date.parse(over) <= Date.parse(end);
}

const reportKey = (principal_id: string, { media_buy_id, sequence_number }: ReportDue): string =>
  canonicalHash([principal_id, media_buy_id, sequence_number]).slice(0, 32);

/** The id of a report's webhook, the same whenever it is worked out: a report is never sent as two events. */
export const reportId = (principal_id: string, due: ReportDue): string => `whk_${reportKey(principal_id, due)}`;

/** The job that makes a report when its time has come. */
export function queuedReport(buy: MediaBuyRecord, due: ReportDue): Change {
  const { principal_id, media_buy_id } = buy;
  return {
    kind: 'enqueue',
    job: {
      kind: 'report_delivery', job_id: `job_${reportKey(principal_id, due)}`, principal_id, lane: `report:${principal_id}/${media_buy_id}`,
      run_at: reportAt(buy, due), payload: due,
    },
  };
}
