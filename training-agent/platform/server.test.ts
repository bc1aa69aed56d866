import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { HttpCall } from '../../src/domain/ports/platform.ts';
import { sandboxClock } from '../../test/support/opened-sandbox.ts';
import { PLATFORM_ORIGIN } from './interface.ts';
import { trainingPlatform } from './platform.ts';
import { startPlatform, type PlatformServer } from './server.ts';

const HASH = 'b'.repeat(64);
let server: PlatformServer;
beforeAll(async () => { server = await startPlatform(sandboxClock()); });
afterEach(() => server.behave({ kind: 'answers' }));
afterAll(() => server.close());

const post = async (path: string, body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) => {
  const response = await fetch(`${server.origin}${path}`, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
/** Sends what was planned, to where the platform really stands. */
const send = (calls: readonly HttpCall[]) => Promise.all(calls.map((call) => post(call.url.slice(PLATFORM_ORIGIN.length), call.body)));
const event = (event_id: string, event_type: 'purchase' | 'lead' = 'purchase') => ({ event_id, event_type, event_time: '2027-01-01T00:00:00Z', user_match: { hashed_email: HASH } });
const order = { account_id: 'a', media_buy_id: 'm', status: 'active', revision: 1, currency: 'USD', start_time: '2027-01-01T00:00:00Z', end_time: '2027-02-01T00:00:00Z', packages: [{ package_id: 'p', budget: 5 }] };

describe('what it takes', () => {
  test('a media buy, and the same in a later revision', async () => {
    expect(await post('/v1/accounts/a/media-buys', order)).toEqual({ status: 200, body: { media_buy_id: 'm', revision: 1 } });
    await post('/v1/accounts/a/media-buys/m', { ...order, revision: 2, status: 'paused' });
    expect(server.book.mediaBuy('a', 'm')).toMatchObject({ revision: 2, status: 'paused', packages: [{ package_id: 'p' }] });
    expect(server.book.mediaBuy('b', 'm')).toBeUndefined();
  });

  test('events, each once for its source, type and id', async () => {
    const events = [event('e1'), event('e1'), event('e1', 'lead'), event('e2')];
    expect(await send(trainingPlatform.planConversions('a', 'pixel', events))).toMatchObject([{ status: 200, body: { received: 4 } }]);
    expect(await send(trainingPlatform.planConversions('a', 'pixel', events))).toMatchObject([{ body: { received: 4, fresh: 0 } }]);
    expect(await send(trainingPlatform.planConversions(undefined, 'pixel', events))).toMatchObject([{ status: 200 }]);
    expect([server.book.eventCount('a', 'pixel'), server.book.eventCount(undefined, 'pixel'), server.book.eventCount('a', 'other')]).toEqual([3, 3, 0]);
  });

  test('members of an audience, as a set, until it is deleted', async () => {
    const member = (external_id: string) => ({ external_id, hashed_email: HASH });
    await send(trainingPlatform.planAudience('a', { audience_id: 'x', add: [member('1'), member('2')] }));
    expect(await send(trainingPlatform.planAudience('a', { audience_id: 'x', add: [member('2'), member('3')], remove: [member('1')] }))).toMatchObject([{ body: { members: 2 } }]);
    expect(server.book.audience('a', 'x')).toEqual(['2', '3']);
    await send(trainingPlatform.planAudience('a', { audience_id: 'x', delete: true }));
    expect(server.book.audience('a', 'x')).toBeUndefined();
  });
});

describe('what it refuses', () => {
  test.each([
    ['a buy without packages', '/v1/accounts/a/media-buys', { ...order, packages: undefined }, 'packages'],
    ['a buy of another account', '/v1/accounts/b/media-buys', order, 'account_id'],
    ['an update of another buy', '/v1/accounts/a/media-buys/n', order, 'media_buy_id'],
    ['no events', '/v1/accounts/a/event-sources/s/events', { account_id: 'a', event_source_id: 's', events: [] }, 'events'],
    ['too many events', '/v1/event-sources/s/events', { event_source_id: 's', events: Array.from({ length: 1_001 }, (_, n) => event(`e${n}`)) }, 'events'],
    ['a member without anything to match', '/v1/accounts/a/audiences/x', { account_id: 'a', audience_id: 'x', add: [{ external_id: '1' }] }, 'add[0]'],
    ['an address in clear', '/v1/accounts/a/audiences/x', { account_id: 'a', audience_id: 'x', add: [{ external_id: '1', hashed_email: 'me@home.example' }] }, 'hashed_email'],
  ])('%s', async (_what, path, body, flaw) => {
    const reply = await post(path, body);
    expect(reply).toMatchObject({ status: 422, body: { error: expect.stringContaining(flaw) } });
  });

  test('what is no JSON, no JSON object, too long, or nowhere', async () => {
    expect((await post('/v1/accounts/a/media-buys', '{"account_id":')).status).toBe(400);
    expect((await post('/v1/accounts/a/media-buys', '[]')).status).toBe(422);
    expect((await post('/v1/accounts/a/media-buys', 'text', { 'content-type': 'text/plain' })).status).toBe(422);
    expect((await post('/v1/accounts/a/media-buys', JSON.stringify({ ...order, ext: 'x'.repeat(9_000_000) }))).status).toBe(413);
    expect((await post('/v1/nothing', {})).status).toBe(404);
  });
});

test('it fails as it is told to, until it is told otherwise', async () => {
  server.behave({ kind: 'unavailable' });
  expect((await post('/v1/accounts/a/media-buys', order)).status).toBe(503);
  server.behave({ kind: 'refuses' });
  expect((await post('/v1/accounts/a/media-buys', order)).status).toBe(403);
  server.behave({ kind: 'hangs_up' });
  await expect(post('/v1/accounts/a/media-buys', order)).rejects.toThrow('fetch failed');
  server.behave({ kind: 'slow', ms: 5 });
  expect((await post('/v1/accounts/a/media-buys', order)).status).toBe(200);
});
