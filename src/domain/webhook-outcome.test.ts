import { expect, test } from 'vitest';
import { nextAttemptAt, verdictOf, WEBHOOK_BACKOFF_SECONDS } from './webhook-outcome.ts';

const reply = (status: number, headers: Record<string, string> = {}) => verdictOf({ kind: 'reply', status, headers });
const NOW = new Date('2026-11-20T12:00:00.000Z');

test.each([200, 201, 202, 204, 299])('%i: delivered', (status) => expect(reply(status)).toEqual({ kind: 'delivered' }));
test.each([408, 429, 500, 502, 503, 504, 599])('%i: tried again', (status) => expect(reply(status)).toEqual({ kind: 'retry', reason: `answered ${status}` }));
test.each([301, 302, 307, 400, 403, 404, 409, 410, 422])('%i: given up', (status) => expect(reply(status)).toEqual({ kind: 'refused', reason: `answered ${status}` }));

test.each([
  ['plain, because the receiver may mend its configuration', {}, 'retry'],
  ['for another scheme', { 'www-authenticate': 'Bearer realm="x", error="webhook_signature_invalid"' }, 'retry'],
  ['for a fault of no webhook', { 'www-authenticate': 'Signature error="request_signature_invalid"' }, 'retry'],
  ['for a fault of our signature', { 'www-authenticate': 'Signature realm="hooks", error="webhook_signature_invalid"' }, 'refused'],
])('401 %s', (_why, headers, kind) => expect(reply(401, headers as Record<string, string>).kind).toBe(kind));

test('no reply: tried again; an address that may not be called: given up', () => {
  expect(verdictOf({ kind: 'no_reply', reason: 'no reply in time' })).toEqual({ kind: 'retry', reason: 'no reply in time' });
  expect(verdictOf({ kind: 'barred', reason: 'x is not a public address' })).toEqual({ kind: 'refused', reason: 'x is not a public address' });
});

test.each([['30', 30], ['99999', 3600], ['soon', undefined], ['Wed, 21 Oct 2026 07:28:00 GMT', undefined]])('a receiver that asks to wait "%s"', (header, wait) =>
  expect(reply(429, { 'retry-after': header })).toEqual({ kind: 'retry', reason: 'answered 429', ...(wait === undefined ? {} : { wait_seconds: wait }) }));

test('waits longer each time, as long as the receiver asks at least, and ends', () => {
  expect(nextAttemptAt(1, NOW)).toBe('2026-11-20T12:00:01.000Z');
  expect(nextAttemptAt(5, NOW)).toBe('2026-11-20T12:01:00.000Z');
  expect(nextAttemptAt(1, NOW, 90)).toBe('2026-11-20T12:01:30.000Z');
  expect(nextAttemptAt(6, NOW, 90)).toBe('2026-11-20T12:05:00.000Z');
  expect(nextAttemptAt(WEBHOOK_BACKOFF_SECONDS.length + 1, NOW)).toBeUndefined();
  expect([...WEBHOOK_BACKOFF_SECONDS]).toEqual(WEBHOOK_BACKOFF_SECONDS.toSorted((a, b) => a - b));
});
