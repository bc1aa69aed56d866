import type { Spending } from '../../domain/account-finances.ts';
import type { FeedbackRecord } from '../../domain/performance-feedback.ts';
import type { UsageRecord } from '../../domain/usage-record.ts';
import type { Store } from '../../domain/ports/store.ts';
import { recordOf, type Statements } from './rows.ts';

/** Feedback and usage as buyers reported them, and what accounts spent. */
export class Books {
  readonly #sql: Statements;

  constructor(statements: Statements) {
    this.#sql = statements;
  }

  putFeedback(feedback: FeedbackRecord): void {
    this.#sql.run('INSERT INTO performance_feedback (principal_id, media_buy_id, record) VALUES (?, ?, ?)',
      feedback.principal_id, feedback.media_buy_id, JSON.stringify(feedback));
  }

  putUsage(usage: UsageRecord): void {
    this.#sql.run('INSERT INTO usage_records (principal_id, account_id, record) VALUES (?, ?, ?)', usage.principal_id, usage.account_id, JSON.stringify(usage));
  }

  feedback(principal_id: string, media_buy_id: string): FeedbackRecord[] {
    return this.#sql.all<{ record: string }>('SELECT record FROM performance_feedback WHERE principal_id = ? AND media_buy_id = ? ORDER BY seq', principal_id, media_buy_id)
      .map((row) => recordOf<FeedbackRecord>(row));
  }

  usage(principal_id: string, account_id: string): UsageRecord[] {
    return this.#sql.all<{ record: string }>('SELECT record FROM usage_records WHERE principal_id = ? AND account_id = ? ORDER BY seq', principal_id, account_id)
      .map((row) => recordOf<UsageRecord>(row));
  }

  /** Buys that neither ran nor spent in the period are left out. */
  spending(principal_id: string, account_id: string, { start, end }: { readonly start: string; readonly end: string }): Spending[] {
    return this.#sql.all<Spending>(
      `WITH bought AS (
         SELECT seq, status, json_extract(record, '$.currency') currency, json_extract(record, '$.start_time') begins, json_extract(record, '$.end_time') ends,
           (SELECT coalesce(sum(spend_micros), 0) FROM delivery WHERE buy = seq AND day >= ? AND day < ?) spent
         FROM media_buys WHERE principal_id = ? AND account_id = ?)
       SELECT currency, sum(spent) spend_micros, count(*) media_buy_count FROM bought
       WHERE spent > 0 OR (status IN ('active', 'paused', 'completed') AND julianday(begins) < julianday(?) AND julianday(ends) > julianday(?))
       GROUP BY currency ORDER BY max(seq)`, start, end, principal_id, account_id, end, start);
  }
}

/** What the port reads of the books. */
export const readBooks = (books: Books): Pick<Store, 'spending' | 'feedback' | 'usage'> => ({
  spending: async (principal_id, account_id, range) => books.spending(principal_id, account_id, range),
  feedback: async (principal_id, media_buy_id) => books.feedback(principal_id, media_buy_id),
  usage: async (principal_id, account_id) => books.usage(principal_id, account_id),
});
