import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { boundedRecorder } from './recorder.ts';
import { fetchedFeeds } from './feeds.ts';
import { sender } from './sender.ts';

const clock = { now: () => new Date(), sleep: () => Promise.resolve() };
let server: Server;
let origin: string;
let answer: RequestListener;
let seen: { readonly url: string | undefined; readonly headers: NodeJS.Dict<string | string[]> }[];

beforeEach(async () => {
  seen = [];
  server = createServer((request, response) => {
    seen.push({ url: request.url, headers: request.headers });
    answer(request, response);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise<void>((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }));

const feeds = (loopback = true) => fetchedFeeds(sender({ recorder: boundedRecorder(), clock, loopback }), clock);

test('reads a feed, and asks the next time only whether it has changed', async () => {
  answer = (request, response) => {
    if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
    else response.writeHead(200, { 'content-type': 'text/csv', etag: '"v1"', 'last-modified': 'Fri, 20 Nov 2026 12:00:00 GMT' }).end('id,title\n1,café');
  };
  expect(await feeds().read(`${origin}/a.csv`, undefined, 5_000)).toEqual({
    kind: 'feed', text: 'id,title\n1,café', content_type: 'text/csv', etag: '"v1"', last_modified: 'Fri, 20 Nov 2026 12:00:00 GMT',
  });
  expect(seen[0]!.headers['if-none-match']).toBeUndefined();
  expect(await feeds().read(`${origin}/a.csv`, { etag: '"v1"', last_modified: 'Fri, 20 Nov 2026 12:00:00 GMT' }, 5_000)).toEqual({ kind: 'unchanged' });
  expect(seen[1]!.headers['if-modified-since']).toBe('Fri, 20 Nov 2026 12:00:00 GMT');
});

test('follows redirects, a few of them, and not to where it may not go', async () => {
  answer = (request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: '/here' }).end();
    else if (request.url === '/round') response.writeHead(302, { location: '/round' }).end();
    else if (request.url === '/inside') response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end();
    else response.writeHead(200).end('[]');
  };
  expect(await feeds().read(`${origin}/moved`, undefined, 5_000)).toMatchObject({ kind: 'feed', text: '[]' });
  expect(await feeds().read(`${origin}/round`, undefined, 5_000)).toMatchObject({ kind: 'failed', reason: expect.stringContaining('redirects') });
  expect(await feeds().read(`${origin}/inside`, undefined, 5_000)).toMatchObject({ kind: 'failed', reason: expect.stringContaining('may not be called') });
});

test.each(['http://feeds.example/a', 'https://127.0.0.1/a', 'https://10.0.0.1/a', 'https://[::1]/a', 'ftp://feeds.example/a', 'nothing'])('does not go to %s', async (url) => {
  expect(await feeds(false).read(url, undefined, 5_000)).toMatchObject({ kind: 'failed', reason: expect.stringContaining('may not be called') });
});

test('tells what fails in words of its own, whatever the server says', async () => {
  answer = (_request, response) => { response.writeHead(403).end('the secret is 42'); };
  expect(await feeds().read(`${origin}/a`, undefined, 5_000)).toEqual({ kind: 'failed', reason: 'the server answers with status 403' });
  answer = (_request, response) => { response.writeHead(200).end('x'.repeat(9 * 1024 * 1024)); };
  expect(await feeds().read(`${origin}/a`, undefined, 5_000)).toMatchObject({ kind: 'failed', reason: expect.stringContaining('8 MB') });
  answer = (request) => { request.socket.destroy(); };
  expect(await feeds().read(`${origin}/a`, undefined, 5_000)).toMatchObject({ kind: 'failed' });
});

test('is late with a server that takes its time', async () => {
  answer = () => undefined;
  expect(await feeds().read(`${origin}/a`, undefined, 50)).toEqual({ kind: 'late' });
});
