import type { WebhookFilter } from '../../domain/ports/store-queries.ts';
import type { LoggedWebhook, WebhookAttempt, WebhookRecord, WebhookStatus } from '../../domain/webhook.ts';
import type { Queries } from './connections.ts';
import { every, sql, when, type Sql } from './sql.ts';

interface Row {
  readonly status: WebhookStatus;
  readonly record: Omit<WebhookRecord, 'body'>;
  readonly body: string;
  /** In their order; null when there are none. */
  readonly attempts: readonly WebhookAttempt[] | null;
}

const LOGGED = sql`SELECT status, record, body, (SELECT json_agg(a.record ORDER BY a.attempt) FROM webhook_attempts a WHERE a.webhook = w.seq) AS attempts FROM webhooks w`;

export async function putWebhook(tx: Queries, { body, ...record }: WebhookRecord): Promise<void> {
  await tx.run(
    sql`INSERT INTO webhooks (webhook_id, principal_id, about, notification, status, created_at, record, body)
        VALUES (${record.webhook_id}, ${record.principal_id}, ${record.about}, ${record.notification}, ${'pending' satisfies WebhookStatus}, ${record.created_at},
          ${JSON.stringify(record)}, ${body})`);
}

export async function webhook(db: Queries, webhook_id: string): Promise<LoggedWebhook | undefined> {
  const row = await db.get<Row>(sql`${LOGGED} WHERE webhook_id = ${webhook_id}`);
  return row && logged(row);
}

/** Newest first. */
export const webhooks = async (db: Queries, { principal_id, about, status }: WebhookFilter, limit: number): Promise<LoggedWebhook[]> =>
  (await db.all<Row>(sql`${LOGGED} WHERE ${conditions({ principal_id, about, status })} ORDER BY seq DESC LIMIT ${limit}`)).map(logged);

/** Has a webhook delivered once more. */
export async function reopenWebhook(tx: Queries, webhook_id: string): Promise<void> {
  await tx.run(sql`UPDATE webhooks SET status = ${'pending' satisfies WebhookStatus} WHERE webhook_id = ${webhook_id}`);
}

export async function attempted(db: Queries, webhook_id: string, attempt: WebhookAttempt, status: WebhookStatus): Promise<void> {
  await db.run(
    sql`WITH told AS (UPDATE webhooks SET status = ${status} WHERE webhook_id = ${webhook_id} RETURNING seq)
        INSERT INTO webhook_attempts (webhook, attempt, record) SELECT seq, ${attempt.attempt}, ${JSON.stringify(attempt)} FROM told
        ON CONFLICT (webhook, attempt) DO UPDATE SET record = excluded.record`);
}

const conditions = ({ principal_id, about, status }: { readonly [Key in keyof WebhookFilter]: WebhookFilter[Key] | undefined }): Sql => every(
  when(principal_id, (value) => sql`principal_id = ${value}`),
  when(about, (value) => sql`about = ${value}`),
  when(status, (value) => sql`status = ${value}`));

const logged = ({ status, record, body, attempts }: Row): LoggedWebhook => ({ webhook: { ...record, body }, status, attempts: attempts ?? [] });
