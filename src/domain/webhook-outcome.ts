/** What an attempt to deliver a webhook means (seller specification §5.5). */

/** How an attempt ended, whatever carried it. */
export type DeliveryReply =
  | { readonly kind: 'reply'; readonly status: number; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'no_reply'; readonly reason: string }
  /** The address may not be called at all. */
  | { readonly kind: 'barred'; readonly reason: string };

export type DeliveryVerdict =
  | { readonly kind: 'delivered' }
  /** `wait_seconds`: what the receiver asked for. */
  | { readonly kind: 'retry'; readonly reason: string; readonly wait_seconds?: number }
  | { readonly kind: 'refused'; readonly reason: string };

/** Seconds before each next attempt: the first within moments, the last after half a day. */
export const WEBHOOK_BACKOFF_SECONDS = [1, 3, 8, 20, 60, 300, 1_800, 7_200, 21_600, 43_200] as const;

/** The longest wait that a receiver may ask for. */
const MOST_PATIENCE_SECONDS = 3_600;

/** A 401 that names a fault of our signature is final; any other is the receiver's own configuration, which may be mended. */
const SIGNATURE_FAULT = /^\s*Signature\b.*\berror="webhook_/i;

export function verdictOf(reply: DeliveryReply): DeliveryVerdict {
  if (reply.kind === 'no_reply') return { kind: 'retry', reason: reply.reason };
  if (reply.kind === 'barred') return { kind: 'refused', reason: reply.reason };
  const { status, headers } = reply;
  const reason = `answered ${status}`;
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  if (status === 401) return SIGNATURE_FAULT.test(headers['www-authenticate'] ?? '') ? { kind: 'refused', reason: `${reason}: the signature was not accepted` } : { kind: 'retry', reason };
  if (status === 408 || status === 429 || status >= 500) return { kind: 'retry', reason, ...patience(headers['retry-after']) };
  return { kind: 'refused', reason };
}

/** `Retry-After` in seconds; a date is left aside, because the schedule waits long enough. */
function patience(header: string | undefined): { readonly wait_seconds?: number } {
  const seconds = header !== undefined && /^\s*\d{1,9}\s*$/.test(header) ? Number(header) : undefined;
  return seconds === undefined ? {} : { wait_seconds: Math.min(seconds, MOST_PATIENCE_SECONDS) };
}

/** When to try again after so many attempts; undefined when there were enough. */
export function nextAttemptAt(attempts: number, now: Date, wait_seconds = 0): string | undefined {
  const wait = WEBHOOK_BACKOFF_SECONDS[attempts - 1];
  return wait === undefined ? undefined : new Date(now.getTime() + Math.max(wait, wait_seconds) * 1000).toISOString();
}
