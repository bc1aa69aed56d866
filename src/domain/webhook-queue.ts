import type { Change } from './ports/store.ts';
import type { WebhookRecord } from './webhook.ts';

/** An event in the outbox and the job that delivers it. What is told of one subject to one receiver arrives in order. */
export function queuedWebhook(webhook: WebhookRecord, job_id: string): Change[] {
  const { webhook_id, principal_id, about, url, created_at } = webhook;
  return [
    { kind: 'put_webhook', webhook },
    { kind: 'enqueue', job: { kind: 'deliver_webhook', job_id, principal_id, lane: `webhook:${principal_id}/${about} ${url}`, run_at: created_at, payload: { webhook_id } } },
  ];
}
