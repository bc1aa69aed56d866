/** Feedback and usage as buyers reported them, and what accounts spent. */
import type { Spending } from '../../domain/account-finances.ts';
import type { FeedbackRecord } from '../../domain/performance-feedback.ts';
import type { UsageRecord } from '../../domain/usage-record.ts';
import type { Queries } from './connections.ts';
import { recordsOf } from './rows.ts';
import { sql } from './sql.ts';

export async function putFeedback(tx: Queries, given: FeedbackRecord): Promise<void> {
  await tx.run(sql`INSERT INTO performance_feedback (principal_id, media_buy_id, record) VALUES (${given.principal_id}, ${given.media_buy_id}, ${JSON.stringify(given)})`);
}

export async function putUsage(tx: Queries, given: UsageRecord): Promise<void> {
  await tx.run(sql`INSERT INTO usage_records (principal_id, account_id, record) VALUES (${given.principal_id}, ${given.account_id}, ${JSON.stringify(given)})`);
}

export const feedback = async (db: Queries, principal_id: string, media_buy_id: string): Promise<FeedbackRecord[]> =>
  recordsOf(await db.all<{ record: FeedbackRecord }>(
    sql`SELECT record FROM performance_feedback WHERE principal_id = ${principal_id} AND media_buy_id = ${media_buy_id} ORDER BY seq`));

export const usage = async (db: Queries, principal_id: string, account_id: string): Promise<UsageRecord[]> =>
  recordsOf(await db.all<{ record: UsageRecord }>(sql`SELECT record FROM usage_records WHERE principal_id = ${principal_id} AND account_id = ${account_id} ORDER BY seq`));

/** Buys that neither ran nor spent in the period are left out. */
export function spending(db: Queries, principal_id: string, account_id: string, { start, end }: { readonly start: string; readonly end: string }): Promise<Spending[]> {
  const [from, until] = [new Date(`${start}T00:00:00Z`), new Date(`${end}T00:00:00Z`)];
  return db.all<Spending>(
    sql`WITH bought AS (
          SELECT seq, status, currency, start_time, end_time,
            (SELECT coalesce(sum(spend_micros), 0)::bigint FROM delivery WHERE buy = seq AND day >= ${start} AND day < ${end}) AS spent
          FROM media_buys WHERE principal_id = ${principal_id} AND account_id = ${account_id})
        SELECT currency, sum(spent)::bigint AS spend_micros, count(*) AS media_buy_count FROM bought
        WHERE spent > 0 OR (status IN ('active', 'paused', 'completed') AND start_time < ${until} AND end_time > ${from})
        GROUP BY currency ORDER BY max(seq)`);
}
