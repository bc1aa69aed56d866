/** Delivers one webhook of the outbox: one attempt a call, written down, with the verdict on what follows (seller specification §5.5). */
import type { Clock } from '../domain/ports/clock.ts';
import type { JobOf } from '../domain/ports/jobs.ts';
import type { Store } from '../domain/ports/store.ts';
import type { Vault } from '../domain/ports/vault.ts';
import { wireBody, type WebhookAttempt, type WebhookRecord } from '../domain/webhook.ts';
import { nextAttemptAt, verdictOf, type DeliveryVerdict } from '../domain/webhook-outcome.ts';
import type { Breaker } from './breaker.ts';
import { STOPPED, TOO_LATE, type Reply, type Sender } from './sender.ts';
import type { SigningKey } from '../protocol/signatures/keys.ts';
import { MalformedTarget } from '../protocol/signatures/target-uri.ts';
import { webhookHeaders } from './webhook-headers.ts';

export interface DeliveryMeans {
  readonly store: Store;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly send: Sender;
  readonly key: SigningKey;
  readonly breaker: Breaker;
}

/** `again` keeps the webhook's own timetable. */
export type DeliveryOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'again'; readonly run_at: string; readonly reason: string };

export const deliverWebhook = (means: DeliveryMeans) => async ({ payload }: JobOf<'deliver_webhook'>): Promise<DeliveryOutcome> => {
  const { store, clock, breaker } = means;
  const logged = await store.webhook(payload.webhook_id);
  if (logged?.status !== 'pending') return { kind: 'done' };
  const { webhook, attempts: { length: earlier } } = logged;
  const fired = clock.now();
  const rests = breaker.closedTo(webhook.url, fired);
  if (rests) return { kind: 'again', run_at: rests.toISOString(), reason: 'the endpoint keeps failing and is left alone for a while' };

  const reply = await posted(webhook, means);
  // Given back as if it had not been tried: whether it arrived is not known, and the receiver knows repetitions by their key.
  if (reply.kind === 'no_reply' && reply.reason === STOPPED) return { kind: 'again', run_at: fired.toISOString(), reason: STOPPED };
  const completed = clock.now();
  const verdict = verdictOf(reply);
  if (verdict.kind === 'delivered') breaker.succeeded(webhook.url);
  else if (verdict.kind === 'retry') breaker.failed(webhook.url, completed);

  const wait = verdict.kind === 'retry' ? verdict.wait_seconds : undefined;
  const next = verdict.kind === 'retry' ? nextAttemptAt(earlier + 1 - (payload.earlier_attempts ?? 0), completed, wait) : undefined;
  const status = verdict.kind === 'delivered' ? 'delivered' : next === undefined ? 'failed' : 'pending';
  await store.attempted(webhook.webhook_id, attemptOf(earlier + 1, reply, verdict, fired, completed), status);
  if (verdict.kind === 'delivered') return { kind: 'done' };
  const reason = `${webhook.url} ${verdict.reason}`;
  return next === undefined ? { kind: 'refused', reason } : { kind: 'again', run_at: next, reason };
};

async function posted(webhook: WebhookRecord, { clock, vault, send, key }: DeliveryMeans): Promise<Reply> {
  const { url } = webhook;
  let call: { readonly headers: Record<string, string>; readonly body: string };
  try {
    call = written(webhook, vault, key, clock.now());
  } catch (error) {
    // Neither an address that cannot be signed nor a secret that cannot be opened gets better with time.
    return { kind: 'barred', reason: error instanceof MalformedTarget ? error.message : 'its secrets cannot be opened with this vault key' };
  }
  return send.post({ method: 'POST', url, ...call });
}

/** One attempt as it leaves: the bytes of the event, and what proves them. */
function written(webhook: WebhookRecord, vault: Vault, key: SigningKey, now: Date) {
  const { url, token, authentication } = webhook;
  const body = wireBody(webhook, token === undefined ? undefined : vault.open(token));
  const legacy = authentication && { schemes: authentication.schemes, credentials: vault.open(authentication.credentials) };
  return { headers: webhookHeaders({ url, body }, key, now, legacy), body };
}

function attemptOf(attempt: number, reply: Reply, verdict: DeliveryVerdict, fired: Date, completed: Date): WebhookAttempt {
  return {
    attempt, fired_at: fired.toISOString(), completed_at: completed.toISOString(), response_time_ms: completed.getTime() - fired.getTime(),
    outcome: verdict.kind === 'delivered' ? 'success' : reply.kind === 'reply' ? 'failed' : reply.reason === TOO_LATE ? 'timeout' : 'connection_error',
    ...(reply.kind === 'reply' ? { http_status_code: reply.status } : {}),
    ...(verdict.kind === 'delivered' ? {} : { reason: verdict.reason }),
  };
}
