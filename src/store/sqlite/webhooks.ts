import type { WebhookFilter } from '../../domain/ports/store-queries.ts';
import type { LoggedWebhook, WebhookAttempt, WebhookRecord, WebhookStatus } from '../../domain/webhook.ts';
import { Conditions, recordOf, type Statements } from './rows.ts';

interface Row {
  readonly seq: number;
  readonly status: WebhookStatus;
  readonly record: string;
  readonly body: string;
}

export class Webhooks {
  readonly #sql: Statements;

  constructor(statements: Statements) {
    this.#sql = statements;
  }

  put({ body, ...record }: WebhookRecord): void {
    this.#sql.run(
      'INSERT INTO webhooks (webhook_id, principal_id, about, notification, status, created_at, record, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      record.webhook_id, record.principal_id, record.about, record.notification, 'pending' satisfies WebhookStatus, record.created_at, JSON.stringify(record), body);
  }

  get(webhook_id: string): LoggedWebhook | undefined {
    const row = this.#sql.get<Row>('SELECT seq, status, record, body FROM webhooks WHERE webhook_id = ?', webhook_id);
    return row && this.#logged(row);
  }

  list({ principal_id, about, status }: WebhookFilter, limit: number): LoggedWebhook[] {
    const where = new Conditions().when(principal_id, 'principal_id = ?').when(about, 'about = ?').when(status, 'status = ?');
    return this.#sql.all<Row>(`SELECT seq, status, record, body FROM webhooks WHERE ${where} ORDER BY seq DESC LIMIT ?`, ...where.values, limit)
      .map((row) => this.#logged(row));
  }

  /** Has a webhook delivered once more. */
  reopen(webhook_id: string): void {
    this.#sql.run('UPDATE webhooks SET status = ? WHERE webhook_id = ?', 'pending' satisfies WebhookStatus, webhook_id);
  }

  attempted(webhook_id: string, attempt: WebhookAttempt, status: WebhookStatus): void {
    this.#sql.run('UPDATE webhooks SET status = ? WHERE webhook_id = ?', status, webhook_id);
    this.#sql.run(
      'INSERT OR REPLACE INTO webhook_attempts (webhook, attempt, record) SELECT seq, ?, ? FROM webhooks WHERE webhook_id = ?',
      attempt.attempt, JSON.stringify(attempt), webhook_id);
  }

  #logged({ seq, status, record, body }: Row): LoggedWebhook {
    const attempts = this.#sql.all<{ record: string }>('SELECT record FROM webhook_attempts WHERE webhook = ? ORDER BY attempt', seq);
    return {
      webhook: { ...(JSON.parse(record) as Omit<WebhookRecord, 'body'>), body }, status,
      attempts: attempts.map((row) => recordOf<WebhookAttempt>(row)),
    };
  }
}
