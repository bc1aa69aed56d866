import { expect, test } from 'vitest';
import { listening } from '../../test/support/listening.ts';
import { send } from './http.ts';
import { isPublic, Reach, type ReachOptions } from './reach.ts';

const signal = new AbortController().signal;
const get = (url: string, options: ReachOptions) =>
  send({ method: 'GET', url, headers: {} }, { limits: { timeoutMs: 2000, maxBytes: 10_000 }, signal, reach: new Reach(options) });
const echo = () => listening((request, response) => response.end(`${request.headers.host} ${request.url}`));

test.for([
  '127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255',
  '::1', '::', '::ffff:127.0.0.1', '::ffff:7f00:1', '::7f00:1', '64:ff9b::a00:1', '2002:7f00:1::', 'fe80::1', 'fd00::1', 'ff02::1', 'nothing',
])('%s is private', (address) => expect(isPublic(address)).toBe(false));

test.for(['8.8.8.8', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) => expect(isPublic(address)).toBe(true));

test('an origin that the operator gave is reached on loopback, another port of it is not', async () => {
  const [seller, neighbour] = [await echo(), await echo()];
  expect(await get(`${seller.origin}/x`, { given: [`${seller.origin}/mcp`] })).toMatchObject({ kind: 'reply', body: expect.stringContaining('/x') });
  expect(await get(neighbour.origin, { given: [seller.origin] })).toMatchObject({
    kind: 'failed', failure: { code: 'barred', message: expect.stringContaining('--allow-private') },
  });
  await Promise.all([seller.close(), neighbour.close()]);
});

test('a name that leads to a private address is barred when it is resolved', async () => {
  const { origin, close } = await echo();
  const byName = origin.replace('127.0.0.1', 'localhost');
  expect(await get(byName, { given: [] })).toMatchObject({ kind: 'failed', failure: { code: 'barred' } });
  expect(await get(byName, { given: [], allowPrivate: true })).toMatchObject({ kind: 'reply' });
  await close();
});

test('an origin that stands in for another gets the path and the name of the one that was asked for', async () => {
  const { origin, close } = await echo();
  const map = new Map([['https://keys.example', origin]]);
  expect(await get('https://keys.example/a/b?c=d', { given: [], map })).toMatchObject({ kind: 'reply', body: 'keys.example /a/b?c=d' });
  await close();
});

test.for(['file:///etc/passwd', 'ftp://8.8.8.8/', 'nothing', 'http://2130706433/', 'http://0x7f.1/', 'http://[::ffff:127.0.0.1]/'])(
  '%s is barred, however it is written', (url) => expect(new Reach({ given: [] }).route(url)).toMatchObject({ kind: 'barred' })
);

test('a public address is open', () => {
  expect(new Reach({ given: [] }).route('https://8.8.8.8/')).toMatchObject({ kind: 'open' });
});

test('cloud metadata is asked by no flag, however the address is written', () => {
  const reach = new Reach({ given: [], allowPrivate: true });
  for (const url of ['http://169.254.169.254/latest', 'http://[::ffff:169.254.169.254]/', 'http://[fd00:ec2::254]/', 'http://2852039166/'])
    expect(reach.route(url)).toMatchObject({ kind: 'barred', reason: expect.stringContaining('metadata') });
  expect(reach.route('http://10.0.0.1/')).toMatchObject({ kind: 'open' });
});

test('the operator vouches for what was given, mapped, or private by flag', () => {
  const given = new Reach({ given: ['http://127.0.0.1:1/mcp'], map: new Map([['https://a.example', 'http://127.0.0.1:2']]) });
  expect(['http://127.0.0.1:1/x', 'https://a.example/y', 'http://127.0.0.1:3/'].map((url) => given.vouchedFor(url))).toEqual([true, true, false]);
  expect(new Reach({ given: [], allowPrivate: true }).vouchedFor('http://127.0.0.1:3/')).toBe(true);
});
