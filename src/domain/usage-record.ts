/** What buyers report of what was used and is owed (seller specification §2.18). Records stay as they came; what binds follows from them. */
import type { UsageEntry } from '../protocol/wire/report-usage.ts';

export interface UsageRecord {
  readonly principal_id: string;
  readonly account_id: string;
  /** ISO 8601. */
  readonly reporting_period: { readonly start: string; readonly end: string };
  readonly received_at: string;
  readonly entry: Omit<UsageEntry, 'account'>;
}

/**
 * The records that may be invoiced on: for each buy and period the last one that was called final. It stands for all that were
 * reported before, and a later one that is not final does not undo it.
 * @param records in the order in which they came
 */
export function bindingUsage(records: readonly UsageRecord[]): UsageRecord[] {
  const final = records.filter(({ entry }) => entry.final === true);
  return [...new Map(final.map((record) => [subjectOf(record), record])).values()];
}

function subjectOf({ reporting_period: { start, end }, entry }: UsageRecord): string {
  const { media_buy_id, pricing_option_id, creative_id, signal_agent_segment_id } = entry;
  return JSON.stringify([Date.parse(start), Date.parse(end), media_buy_id, pricing_option_id, creative_id, signal_agent_segment_id]);
}
