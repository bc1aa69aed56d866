import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { ownHosts } from './own-hosts.ts';

const foreign = ownHosts(['localhost', '127.0.0.1', '[::1]', 'ads.example']);
const called = (headers: object) => foreign({ headers } as IncomingMessage)?.message;

describe('hosts of our own', () => {
  test.each(['localhost', 'localhost:4100', '127.0.0.1:80', '[::1]:4100', 'ADS.example'])('a call for %s is ours, however often it comes', (host) => {
    expect([called({ host }), called({ host })]).toEqual([undefined, undefined]);
  });

  test.each(['evil.example', 'localhost.evil.example', 'ads.example@evil.example', '', 'a b', undefined])('a call for %s is not', (host) => {
    expect(called(host === undefined ? {} : { host })).toContain('Host');
  });

  test('a page of ours may call, on any port; another, or one that hides its origin, may not', () => {
    const host = 'localhost';
    expect(called({ host, origin: 'https://ads.example:8443' })).toBeUndefined();
    for (const origin of ['https://evil.example', 'null', '']) expect(called({ host, origin })).toContain('Origin');
  });
});
