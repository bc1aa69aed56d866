import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDesk, type TestDesk } from '../../test/support/desk.ts';
import { signatureOf, webhookReceiver, type Receiver } from '../../test/support/receiver.ts';
import type { WebhookRecord } from '../domain/webhook.ts';
import { endpointBreaker } from './breaker.ts';
import { deliverWebhook } from './deliver-webhook.ts';
import { boundedRecorder } from './recorder.ts';
import { sender } from './sender.ts';
import { newPrivateJwk, signingKey } from '../protocol/signatures/keys.ts';

const KEY = signingKey(newPrivateJwk('ed25519'));
let receiver: Receiver;
let desk: TestDesk;
beforeEach(async () => { receiver = await webhookReceiver(); desk = testDesk(); });
afterEach(async () => { await receiver.close(); await desk.store.close(); });

const webhook = (more: Partial<WebhookRecord> = {}): WebhookRecord => ({
  webhook_id: 'whk_1', principal_id: 'buyer', about: 'task:task_1', notification: 'task', url: `${receiver.origin}/hooks?x=1`,
  created_at: desk.clock.at, body: '{"idempotency_key":"whk_1","note":"ü"}', ...more,
});

async function outbox(record: WebhookRecord) {
  const { store, clock, vault } = desk;
  await store.commit({ changes: [{ kind: 'put_webhook', webhook: record }], audit: { at: clock.at, principal_id: 'buyer', task: 't', subjects: [] } });
  const send = sender({ recorder: boundedRecorder(), clock, loopback: true, timeoutMs: 200 });
  const deliver = deliverWebhook({ store, clock, vault, send, key: KEY, breaker: endpointBreaker() });
  const run = (earlier_attempts?: number) => deliver({
    kind: 'deliver_webhook', job_id: 'job_1', principal_id: 'buyer', lane: 'l', run_at: clock.at,
    payload: { webhook_id: record.webhook_id, ...(earlier_attempts === undefined ? {} : { earlier_attempts }) },
  });
  return { run, log: async () => (await store.webhook(record.webhook_id))! };
}

test('delivers the bytes of the outbox, signed, and writes it down', async () => {
  const { run, log } = await outbox(webhook());
  expect(await run()).toEqual({ kind: 'done' });
  const [delivery] = receiver.deliveries;
  expect(delivery!.text).toBe('{"idempotency_key":"whk_1","note":"ü"}');
  expect(signatureOf(delivery!, [KEY.jwk], desk.clock.now())).toEqual({ kind: 'verified', keyid: KEY.kid });
  expect(await log()).toMatchObject({ status: 'delivered', attempts: [{ attempt: 1, outcome: 'success', http_status_code: 204 }] });
});

test('sends a delivered webhook no second time', async () => {
  const { run } = await outbox(webhook());
  await run();
  expect(await run()).toEqual({ kind: 'done' });
  expect(receiver.deliveries).toHaveLength(1);
});

test('tries again on its timetable with the same bytes and another signature', async () => {
  receiver.answers.push(503, 500);
  const { run, log } = await outbox(webhook({ token: desk.vault.seal('a-token-of-the-receiver') }));
  expect(await run()).toMatchObject({ kind: 'again', run_at: '2026-11-20T12:00:01.000Z' });
  expect(await run()).toMatchObject({ kind: 'again', run_at: '2026-11-20T12:00:03.000Z' });
  expect(await run()).toEqual({ kind: 'done' });
  expect(new Set(receiver.deliveries.map(({ text }) => text))).toEqual(new Set(['{"idempotency_key":"whk_1","note":"ü","token":"a-token-of-the-receiver"}']));
  expect(new Set(receiver.deliveries.map(({ headers }) => headers['signature-input'])).size).toBe(3);
  expect((await log()).attempts.map(({ outcome, reason }) => [outcome, reason])).toEqual([['failed', 'answered 503'], ['failed', 'answered 500'], ['success', undefined]]);
});

test('waits as long as the receiver asks', async () => {
  receiver.answers.push(429);
  receiver.headers['retry-after'] = '90';
  expect(await (await outbox(webhook())).run()).toMatchObject({ kind: 'again', run_at: '2026-11-20T12:01:30.000Z' });
});

test('gives up when the receiver refuses for good, and after the last attempt', async () => {
  receiver.answers.push(410);
  const { run, log } = await outbox(webhook());
  expect(await run()).toEqual({ kind: 'refused', reason: `${receiver.origin}/hooks?x=1 answered 410` });
  expect((await log()).status).toBe('failed');

  receiver.answers.push(...Array.from({ length: 20 }, () => 503));
  const stubborn = await outbox(webhook({ webhook_id: 'whk_2' }));
  const kinds: string[] = [];
  for (let n = 0; n < 11; n += 1) { desk.clock.at = new Date(Date.parse(desk.clock.at) + 86_400_000).toISOString(); kinds.push((await stubborn.run()).kind); }
  expect(kinds).toEqual([...Array.from({ length: 10 }, () => 'again'), 'refused']);
  expect(await stubborn.log()).toMatchObject({ status: 'failed', attempts: { length: 11 } });
});

test('an endpoint that keeps failing is left alone for a while', async () => {
  receiver.answers.push(...Array.from({ length: 9 }, () => 503));
  const { run, log } = await outbox(webhook());
  for (let n = 0; n < 5; n += 1) await run();
  expect(await run()).toMatchObject({ kind: 'again', run_at: '2026-11-20T12:01:00.000Z' });
  expect(receiver.deliveries).toHaveLength(5);
  expect((await log()).attempts).toHaveLength(5);
});

test.each([
  ['Bearer', (headers: Record<string, unknown>) => expect(headers['authorization']).toBe('Bearer a-secret-of-thirty-two-characters')],
  ['HMAC-SHA256', (headers: Record<string, unknown>, text: string) => {
    const timestamp = headers['x-adcp-timestamp'] as string;
    expect(headers['x-adcp-signature']).toBe(`sha256=${createHmac('sha256', 'a-secret-of-thirty-two-characters').update(`${timestamp}.${text}`).digest('hex')}`);
    expect(Number(timestamp)).toBe(Date.parse('2026-11-20T12:00:00Z') / 1000);
  }],
])('%s takes the place of the signature', async (scheme, expectAuth) => {
  const credentials = desk.vault.seal('a-secret-of-thirty-two-characters');
  await (await outbox(webhook({ authentication: { schemes: [scheme], credentials } }))).run();
  const [{ headers, text }] = receiver.deliveries as [Receiver['deliveries'][number]];
  expectAuth(headers, text);
  expect(headers['signature']).toBeUndefined();
});

test('does not call what may not be called, and knows a receiver that does not answer', async () => {
  const { run, log } = await outbox(webhook({ url: 'https://10.0.0.1/hooks' }));
  expect((await run()).kind).toBe('refused');
  expect(await log()).toMatchObject({ status: 'failed', attempts: [{ outcome: 'connection_error', reason: '10.0.0.1 is not a public address' }] });
  const gone = await outbox(webhook({ webhook_id: 'whk_2', url: 'http://127.0.0.1:9/hooks' }));
  expect((await gone.run()).kind).toBe('again');
});

test('a secret that cannot be opened is the end of it, and is told as that', async () => {
  const { run, log } = await outbox(webhook({ token: 'sealed elsewhere' }));
  expect((await run()).kind).toBe('refused');
  expect(await log()).toMatchObject({ status: 'failed', attempts: [{ reason: 'its secrets cannot be opened with this vault key' }] });
  expect(receiver.deliveries).toEqual([]);
});

test('what an operator sends again has its whole timetable before it', async () => {
  receiver.answers.push(503, 503);
  const { run } = await outbox(webhook());
  await run();
  expect(await run(1)).toMatchObject({ kind: 'again', run_at: '2026-11-20T12:00:01.000Z' });
});
