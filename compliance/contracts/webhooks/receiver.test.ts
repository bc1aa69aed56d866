import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../execute/clock.ts';
import type { WebhookInbox } from './inbox.ts';
import { WebhookReceiver } from './receiver.ts';

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: JSON.stringify(body), headers }).then(({ status }) => status);

describe('the receiver', () => {
  let receiver: WebhookReceiver;
  let inbox: WebhookInbox;
  let minted = 0;
  beforeEach(async () => {
    receiver = new WebhookReceiver({ port: 0, clock: systemClock });
    inbox = await receiver.inbox(() => `token-${minted += 1}`);
  });
  afterEach(() => receiver.close());

  test('keeps what comes, as it came: bytes, headers, address, time', async () => {
    const url = inbox.urlFor('buy');
    expect([await post(url, { a: 1 }, { 'x-one': '1' }), await fetch(url, { method: 'POST', body: 'no JSON' }).then(({ status }) => status)]).toEqual([204, 204]);
    const [first, second] = inbox.deliveries;
    expect(first).toMatchObject({ receiver: 'buy', payload: { a: 1 }, answered: 204, message: { method: 'POST', url, headers: { 'x-one': '1' } } });
    expect(Buffer.from(first!.message.body).toString()).toBe('{"a":1}');
    expect(second!.payload).toBeUndefined();
    expect(Math.abs(first!.at_ms - Date.now())).toBeLessThan(5000);
  });

  test('takes what nests too deeply to be graded as no payload', async () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect((await fetch(inbox.urlFor('buy'), { method: 'POST', body: deep })).status).toBe(204);
    expect(inbox.deliveries[0]!.payload).toBeUndefined();
  });

  test('hands out one address a name, and tells the inboxes of storyboards apart', async () => {
    const other = await receiver.inbox(() => `token-${minted += 1}`);
    expect(inbox.urlFor('buy')).toBe(inbox.urlFor('buy'));
    expect(inbox.urlFor('buy')).not.toBe(other.urlFor('buy'));
    await post(other.urlFor('buy'), {});
    expect([inbox.deliveries.length, other.deliveries.length]).toEqual([0, 1]);
  });

  test('takes POST only, at addresses that it handed out, and no more than 1 MiB', async () => {
    const url = inbox.urlFor('buy');
    expect((await fetch(url)).status).toBe(405);
    expect(await post(url.replace(/[^/]+$/, 'other'), {})).toBe(404);
    expect(await post(`${url}?x=1`, {})).toBe(404);
    expect(await post(new URL('/', url).href, {})).toBe(404);
    expect(await post(url, { text: 'x'.repeat(1024 * 1024) }).catch(() => 413)).toBe(413);
    expect(inbox.deliveries).toEqual([]);
  });

  test('refuses the first deliveries where it was armed', async () => {
    inbox.arm('buy', { count: 2, http_status: 502 });
    const url = inbox.urlFor('buy');
    expect([await post(url, {}), await post(url, {}), await post(url, {})]).toEqual([502, 502, 204]);
    expect(inbox.deliveries.map(({ answered }) => answered)).toEqual([502, 502, 204]);
  });

  test('proves to a seller that asks that the address is its own, and counts no delivery', async () => {
    const reply = await fetch(inbox.urlFor('buy'), { method: 'POST', body: JSON.stringify({ type: 'webhook.challenge', challenge: 'c'.repeat(40) }) });
    expect([await reply.json(), inbox.deliveries]).toEqual([{ challenge: 'c'.repeat(40) }, []]);
  });

  test('takes a hundred deliveries to an address, then asks for patience', async () => {
    const url = inbox.urlFor('buy');
    const statuses: number[] = [];
    for (let i = 0; i < 101; i += 1) statuses.push(await post(url, {}));
    expect([statuses.filter((status) => status === 204).length, statuses.filter((status) => status === 503).length]).toEqual([100, 1]);
    expect(await post(inbox.urlFor('other'), {})).toBe(204);
  });

  test('joins the values of a header that comes twice, so that it does not look as if it came once', async () => {
    const reply = await fetch(inbox.urlFor('buy'), { method: 'POST', body: '{}', headers: [['x-twice', 'a'], ['x-twice', 'b']] });
    expect([reply.status, inbox.deliveries[0]!.message.headers['x-twice']]).toEqual([204, 'a, b']);
  });

  test('wakes whoever waits with each delivery', async () => {
    const waiting = inbox.next(AbortSignal.timeout(5000));
    await post(inbox.urlFor('buy'), {});
    await waiting;
    expect(inbox.deliveries).toHaveLength(1);
    await inbox.next(AbortSignal.abort());
  });
});

test('keeps so many bytes in all, then asks for patience', async () => {
  const small = new WebhookReceiver({ port: 0, clock: systemClock, keptBytes: 100 });
  const url = (await small.inbox(() => 'a')).urlFor('buy');
  expect([await post(url, { text: 'x'.repeat(60) }), await post(url, { text: 'x'.repeat(60) }), await post(url, {})]).toEqual([204, 503, 204]);
  await small.close();
});

test('a port that is taken is told', async () => {
  const first = new WebhookReceiver({ port: 0, clock: systemClock });
  const { base } = await first.inbox(() => 'a');
  const second = new WebhookReceiver({ port: Number(new URL(base).port), clock: systemClock });
  await expect(second.inbox(() => 'b')).rejects.toThrow('EADDRINUSE');
  await Promise.all([first.close(), second.close()]);
});
