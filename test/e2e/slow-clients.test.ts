/** Clients that cost much and ask little: they wait, they flood, they never read. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { USUAL_LIMITS, withSettings } from '../../src/config/limits.ts';
import { rawCall, rawClient } from '../support/raw-client.ts';
import { startSeller, type TestSeller } from '../support/seller.ts';

let seller: TestSeller;
beforeAll(async () => {
  const patience = { headers_seconds: 1, request_seconds: 2, idle_seconds: 1, stalled_seconds: 2 };
  seller = await startSeller({ config: { limits: withSettings(USUAL_LIMITS, { patience, connections: 20, calls: { at_once: 5 } }) } });
});
afterAll(() => seller.close());

const serves = async () => {
  const client = await rawClient(seller.url);
  client.socket.write(rawCall(seller.token, 'list_accounts'));
  const answer = await client.until(/"status":"completed"/);
  client.socket.destroy();
  return answer.startsWith('HTTP/1.1 200');
};
/** Writes the text a byte at a time for as long as somebody listens. */
async function dribble(client: Awaited<ReturnType<typeof rawClient>>, text: string): Promise<string> {
  const bytes = [...text];
  const timer = setInterval(() => { if (client.socket.writable) client.socket.write(bytes.shift() ?? ' '); }, 50);
  const answer = await client.closed;
  clearInterval(timer);
  return answer;
}

test('headers that come a byte at a time are answered with HTTP 408 and cut off', async () => {
  expect(await dribble(await rawClient(seller.url), `POST /mcp HTTP/1.1\r\nx-pad: ${'a'.repeat(1000)}`)).toMatch(/^HTTP\/1.1 408 /);
  expect(await serves()).toBe(true);
});

test('a body that comes a byte at a time is cut off, and holds no place of a call', async () => {
  const clients = await Promise.all(Array.from({ length: 8 }, () => rawClient(seller.url)));
  for (const { socket } of clients) socket.write(rawCall(seller.token, 'list_accounts').replace(/content-length: \d+/, 'content-length: 100000'));
  const dribbled = clients.map((client) => dribble(client, 'x'.repeat(1000)));
  expect(await serves()).toBe(true);
  for (const answer of await Promise.all(dribbled)) expect(answer).toMatch(/^HTTP\/1.1 408 /);
});

test('a flood of headers is answered with HTTP 431', async () => {
  const client = await rawClient(seller.url);
  client.socket.write(`POST /mcp HTTP/1.1\r\n${Array.from({ length: 3000 }, (_, n) => `x-${n}: y`).join('\r\n')}\r\n\r\n`);
  expect(await client.closed).toMatch(/^HTTP\/1.1 431 /);
});

test('calls that come in one breath on one connection are answered in their order, as many at a time as one caller may have', async () => {
  const client = await rawClient(seller.url);
  client.socket.write(Array.from({ length: 30 }, (_, n) => rawCall(seller.token, 'list_accounts', {}, n)).join(''));
  const answers = await client.until(/"jsonrpc":"2.0","id":\d+\}/, 30);
  expect([...answers.matchAll(/"jsonrpc":"2.0","id":(\d+)\}/g)].map(([, id]) => Number(id))).toEqual(Array.from({ length: 30 }, (_, n) => n));
  client.socket.destroy();
});

test('a client that asks and never reads is cut off, and its questions stop being read', async () => {
  const client = await rawClient(seller.url);
  client.socket.pause();
  // Each answer holds the context of its question: they are more than the buffers between the two keep.
  const asked = rawCall(seller.token, 'list_accounts', { context: { pad: 'x'.repeat(20_000) } }).repeat(200);
  let read = 0;
  for (let n = 0; n < 20; n += 1) client.socket.write(asked, (error) => { if (!error) read += asked.length; });
  await new Promise<void>((resolve) => { client.socket.once('error', () => resolve()); });
  expect(read).toBeLessThan(10 * asked.length);
  expect(await serves()).toBe(true);
});

test('a connection that nobody uses is closed, and one over the limit at once', async () => {
  const idle = await Promise.all(Array.from({ length: 20 }, () => rawClient(seller.url)));
  expect(await (await rawClient(seller.url)).closed).toBe('');
  await Promise.all(idle.map(({ closed }) => closed));
  expect(await serves()).toBe(true);
});
