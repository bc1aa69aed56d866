/** What an account's subscribers were posted, as buyers read it beside what it was about (`core/webhook-activity-record.json`). */
import type { NotificationType } from '../protocol/wire/core/notification-config.ts';
import type { WebhookActivity } from '../protocol/wire/core/webhook-activity.ts';
import type { LoggedWebhook, Notification } from './webhook.ts';

/**
 * One entry an attempt, newest first; an event that nobody tried to deliver yet is pending.
 * @param logged newest first
 * @param limit of entries
 */
export function webhookActivity(logged: readonly LoggedWebhook[], limit: number): WebhookActivity[] {
  return logged.flatMap(attemptsOf).slice(0, limit);
}

function attemptsOf({ webhook, attempts }: LoggedWebhook): WebhookActivity[] {
  const { webhook_id, notification, url, subscriber_id, sequence_number, created_at, body } = webhook;
  if (!isNotificationType(notification)) return [];
  const about = {
    idempotency_key: webhook_id, notification_type: notification, url, payload_size_bytes: new TextEncoder().encode(body).length,
    ...(subscriber_id === undefined ? {} : { subscriber_id }), ...(sequence_number === undefined ? {} : { sequence_number }),
  };
  if (attempts.length === 0) return [{ ...about, fired_at: created_at, attempt: 1, status: 'pending' }];
  return attempts.toReversed().map(({ attempt, fired_at, completed_at, outcome, http_status_code, response_time_ms, reason }) => ({
    ...about, fired_at, completed_at, attempt, status: outcome, response_time_ms,
    ...(http_status_code === undefined ? {} : { http_status_code }), ...(reason === undefined ? {} : { error_message: reason.slice(0, 500) }),
  }));
}

const isNotificationType = (notification: Notification): notification is NotificationType => notification !== 'task' && notification !== 'window_update';
