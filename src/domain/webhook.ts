/** Webhooks as they wait in the outbox and as an operator reads them afterwards (seller specification §5.5). */
import type { NotificationType } from '../protocol/wire/core/notification-config.ts';

/** What is announced: the end of a task, or a notification of AdCP's list. */
export type Notification = 'task' | 'window_update' | NotificationType;

/** One event for one receiver. It is written out once; every attempt sends the same bytes. */
export interface WebhookRecord {
  /** Stands in the body as its `idempotency_key`. */
  readonly webhook_id: string;
  readonly principal_id: string;
  /** What it tells of: `task:task_...`, `media_buy:mb_...`, `creative:...`. */
  readonly about: string;
  readonly notification: Notification;
  readonly url: string;
  /** How the receiver knows us when it does not check signatures; sealed. */
  readonly authentication?: { readonly schemes: readonly string[]; readonly credentials: string };
  /** The receiver's own token, sealed; it joins the body when it is sent. */
  readonly token?: string;
  readonly subscriber_id?: string;
  readonly sequence_number?: number;
  readonly created_at: string;
  /** JSON text, without the token. */
  readonly body: string;
}

/** `pending`: still to be delivered. `delivered`: the receiver took it. `failed`: given up. */
export const WEBHOOK_STATUSES = ['pending', 'delivered', 'failed'] as const;
export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number];

export interface WebhookAttempt {
  /** 1 for the first. */
  readonly attempt: number;
  readonly fired_at: string;
  readonly completed_at: string;
  readonly outcome: 'success' | 'failed' | 'timeout' | 'connection_error';
  readonly http_status_code?: number;
  readonly response_time_ms: number;
  /** Why it did not get through, in our own words. */
  readonly reason?: string;
}

/** A webhook with what came of it. */
export interface LoggedWebhook {
  readonly webhook: WebhookRecord;
  readonly status: WebhookStatus;
  readonly attempts: readonly WebhookAttempt[];
}

/** The bytes that are sent: the same on every attempt. */
export function wireBody({ body }: WebhookRecord, token: string | undefined): string {
  return token === undefined ? body : `${body.slice(0, -1)},"token":${JSON.stringify(token)}}`;
}
