import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { peerOf } from './peer.ts';

const from = (remoteAddress: string, forwarded?: string | string[]) =>
  ({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

test.each([
  ['203.0.113.7', undefined, undefined, '203.0.113.7'],
  ['::ffff:203.0.113.7', undefined, undefined, '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', undefined, undefined, '2001:db8:1:2::/64'],
  ['2001:db8::1', undefined, undefined, '2001:db8:0:0::/64'],
  ['2001:0db8:0000:0002::1', undefined, undefined, '2001:db8:0:2::/64'],
])('who connects from %s is known by it, or by the network of the host', (address, forwarded, proxies, peer) => {
  expect(peerOf(from(address, forwarded), proxies)).toBe(peer);
});

test.each([
  ['127.0.0.1', '203.0.113.7', undefined, '203.0.113.7'],
  ['10.1.2.3', '198.51.100.1, 203.0.113.7', undefined, '203.0.113.7'],
  ['::1', '2001:db8:1:2::9', undefined, '2001:db8:1:2::/64'],
  ['203.0.113.1', '198.51.100.1, 203.0.113.7', 1, '203.0.113.7'],
  ['127.0.0.1', '198.51.100.1, 203.0.113.7', 2, '198.51.100.1'],
])('behind proxies that are trusted the address is the one that the outermost of them saw: %s, %s, %s', (address, forwarded, proxies, peer) => {
  expect(peerOf(from(address, forwarded), proxies)).toBe(peer);
});

test.each([
  ['203.0.113.1', '198.51.100.1', undefined, '203.0.113.1'],
  ['127.0.0.1', '198.51.100.1', 0, '127.0.0.1'],
  ['127.0.0.1', 'who knows', undefined, '127.0.0.1'],
  ['127.0.0.1', '198.51.100.1', 5, '127.0.0.1'],
])('a header that nobody trusted wrote, or that holds no address, is not believed: %s, %s, %s', (address, forwarded, proxies, peer) => {
  expect(peerOf(from(address, forwarded), proxies)).toBe(peer);
});
