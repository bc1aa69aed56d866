import { afterEach, expect, test } from 'vitest';
import { listening, type Listening } from '../../test/support/listening.ts';
import type { HttpCall } from '../domain/ports/platform.ts';
import { boundedRecorder } from './recorder.ts';
import { sender } from './sender.ts';

const clock = { now: () => new Date('2026-11-20T12:00:00Z'), sleep: async () => {} };
const callTo = (url: string): HttpCall => ({ method: 'POST', url, body: { a: 1 }, idempotency_key: 'key-1' });
const open: Listening[] = [];
afterEach(async () => { for (const each of open.splice(0)) await each.close(); });
const platform = async (listener: Parameters<typeof listening>[0]) => {
  const server = await listening(listener);
  open.push(server);
  return server.origin;
};

test('sends to where the host map points, with credentials, and records the documented URL without them', async () => {
  const seen: unknown[] = [];
  const origin = await platform((request, response) => {
    seen.push([request.method, request.url, request.headers.authorization, request.headers['idempotency-key']]);
    request.resume().on('end', () => response.end('{"ok":true}'));
  });
  const recorder = boundedRecorder();
  const reply = await sender({ recorder, clock, hosts: new Map([['https://ads.example', origin]]) }).send(callTo('https://ads.example/v1/buys?x=1'), { principal_id: 'p', credentials: { authorization: 'Bearer upstream' } });
  expect(reply).toMatchObject({ kind: 'reply', status: 200, body: '{"ok":true}' });
  expect(seen).toEqual([['POST', '/v1/buys?x=1', 'Bearer upstream', 'key-1']]);
  expect(recorder.since(undefined)).toEqual([{
    principal_id: 'p', method: 'POST', url: 'https://ads.example/v1/buys?x=1', content_type: 'application/json', payload: '{"a":1}', timestamp: '2026-11-20T12:00:00.000Z', status: 200,
  }]);
});

test.each([
  ['http://ads.example/v1', 'http://ads.example is not https'],
  ['https://127.0.0.1/v1', '127.0.0.1 is not a public address'],
  ['https://[::1]/v1', '[::1] is not a public address'],
  ['https://169.254.169.254/latest', '169.254.169.254 is not a public address'],
  ['https://localhost/v1', 'localhost does not lead to a public address'],
])('does not call %s', async (url, reason) => {
  expect(await sender({ recorder: boundedRecorder(), clock }).send(callTo(url), { principal_id: 'p' })).toEqual({ kind: 'barred', reason });
});

test('in a sandbox calls this machine itself, without TLS, and nothing else that is private', async () => {
  const origin = await platform((_request, response) => response.end('here'));
  const local = sender({ recorder: boundedRecorder(), clock, loopback: true });
  const post = (url: string) => local.post({ method: 'POST', url, headers: { 'x-a': 'b' }, body: '{}' });
  expect(await post(`${origin}/hook`)).toMatchObject({ kind: 'reply', body: 'here' });
  expect(await post(`${origin.replace('127.0.0.1', 'localhost')}/hook`)).toMatchObject({ kind: 'reply', body: 'here' });
  expect(await post('http://10.0.0.1/hook')).toEqual({ kind: 'barred', reason: 'http://10.0.0.1 is not https' });
  expect(await post('https://10.0.0.1/hook')).toEqual({ kind: 'barred', reason: '10.0.0.1 is not a public address' });
  expect(await post('not a url')).toEqual({ kind: 'barred', reason: 'the URL cannot be read' });
});

test('posts exactly the bytes that it is given, with their headers, and keeps no record', async () => {
  const seen: unknown[] = [];
  const origin = await platform((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => { body += chunk; }).on('end', () => { seen.push([request.headers['x-a'], body]); response.setHeader('retry-after', '3').writeHead(503).end(); });
  });
  const recorder = boundedRecorder();
  const reply = await sender({ recorder, clock, loopback: true }).post({ method: 'POST', url: `${origin}/hook`, headers: { 'x-a': 'b' }, body: '{ "ü" : 1 }' });
  expect(reply).toMatchObject({ kind: 'reply', status: 503, headers: { 'retry-after': '3' } });
  expect(seen).toEqual([['b', '{ "ü" : 1 }']]);
  expect(recorder.since(undefined)).toEqual([]);
});

test('ends what is under way when the process is about to end', async () => {
  const origin = await platform(() => {});
  const stopping = new AbortController();
  const under = sender({ recorder: boundedRecorder(), clock, loopback: true, stopping: stopping.signal }).post({ method: 'POST', url: origin, headers: {}, body: '' });
  stopping.abort();
  expect(await under).toEqual({ kind: 'no_reply', reason: 'the seller was stopped' });
});

test('gives up on a reply that drips', async () => {
  const origin = await platform((_request, response) => {
    response.write('a');
    const drip = setInterval(() => response.write('a'), 10);
    response.on('close', () => clearInterval(drip));
  });
  const send = sender({ recorder: boundedRecorder(), clock, loopback: true, timeoutMs: 80 });
  expect(await send.post({ method: 'POST', url: origin, headers: {}, body: '' })).toEqual({ kind: 'no_reply', reason: 'no reply in time' });
});

test('gives up on a reply that is too late or too long, and never follows a redirect', async () => {
  const origin = await platform((request, response) => {
    if (request.url === '/slow') return;
    if (request.url === '/long') return void response.end('x'.repeat(5000));
    response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
  });
  const send = sender({ recorder: boundedRecorder(), clock, hosts: new Map([['https://ads.example', origin]]), timeoutMs: 50, maxReplyBytes: 1000 });
  expect(await send.send(callTo('https://ads.example/slow'), { principal_id: 'p' })).toEqual({ kind: 'no_reply', reason: 'no reply in time' });
  expect(await send.send(callTo('https://ads.example/long'), { principal_id: 'p' })).toEqual({ kind: 'no_reply', reason: 'the reply is too long' });
  expect(await send.send(callTo('https://ads.example/moved'), { principal_id: 'p' })).toMatchObject({ kind: 'reply', status: 302 });
});

test('the recorder keeps the newest calls within its bounds', () => {
  const recorder = boundedRecorder({ calls: 3, bytes: 10 });
  for (const payload of ['aaaa', 'bbbb', 'cccc', 'd']) recorder.record({ principal_id: 'p', method: 'POST', url: 'u', content_type: 'c', payload, timestamp: `2026-01-0${payload.length}T00:00:00Z` });
  expect(recorder.since(undefined).map((call) => call.payload)).toEqual(['bbbb', 'cccc', 'd']);
  expect(recorder.since('2026-01-02T00:00:00Z').map((call) => call.payload)).toEqual(['bbbb', 'cccc']);
});
