import { describe, expect, test } from 'vitest';
import type { CreativeRecord } from '../domain/creative.ts';
import type { CreativeEventReason } from '../domain/creative-notice.ts';
import { purgeFlaw, TOMBSTONE_DAYS, type PurgeKind } from '../domain/creative-purge.ts';
import type { ListCreativesRequest } from '../protocol/wire/list-creatives.ts';
import { banner, creativeSetting, short } from '../../test/support/creatives.ts';
import { record } from '../../test/support/desk.ts';
import { expectOfficial } from '../../test/support/official.ts';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';
import { hasOfficial, officialSchemas } from '../../test/support/official-schemas.ts';
import { getMediaBuys } from './get-media-buys.ts';
import { listCreatives } from './list-creatives.ts';
import { purgeCreative } from './purge-creative.ts';

const SUBSCRIBER = { subscriber_id: 'primary', url: 'https://buyer.example/events', event_types: ['creative.status_changed', 'creative.purged'], active: true } as const;
const officialIsThere = hasOfficial('that news of purges satisfies the official schema');
/** Keys of the desk for tests are shorter than AdCP's. */
const officialIssues = (body: object) =>
  officialIsThere ? officialSchemas().validate('creative/creative-purged-webhook.json', { ...body, idempotency_key: 'whk_0123456789abcdef' }) : [];

/** A library with `a`, which runs in a buy and has been previewed, and `b`; the account has a subscriber. */
async function setting() {
  const { desk, caller, sync, put, library } = await creativeSetting();
  await record(desk, [{ kind: 'put_account', account: { ...caller.account, notification_configs: [SUBSCRIBER] as never } }]);
  await sync([banner('a', { tags: ['t'] }), banner('b')]);
  await put(testBuy([testPackage('p', { creative_assignments: [{ creative_id: 'a' }] }), testPackage('q', { creative_assignments: [{ creative_id: 'b' }] })]));
  const preview = { preview_id: 'prv_a', principal_id: 'buyer', library: 'acct_test', creative_id: 'a', made_at: desk.clock.at, expires_at: '2026-11-21T12:00:00.000Z', title: '', html: '', conduct: 'still' } as const;
  await record(desk, [{ kind: 'put_preview', preview }]);
  const stored = async (id = 'a'): Promise<CreativeRecord | undefined> => (await desk.store.creatives(caller.reach, [id]))[0];
  const purge = async (kind: PurgeKind, reason_code: CreativeEventReason, id = 'a') =>
    record(desk, await purgeCreative((await stored(id))!, { kind, reason_code, initiator: 'seller', reason_detail: 'as told' }, desk));
  const list = async (request: ListCreativesRequest = {}) => {
    const body = await record(desk, await listCreatives(request, caller, desk));
    expectOfficial('list_creatives', body);
    return body;
  };
  const buy = async () => {
    const body = await record(desk, await getMediaBuys({}, caller, desk));
    expectOfficial('get_media_buys', body);
    return body.media_buys[0]!;
  };
  return { desk, caller, sync, library, stored, purge, list, buy };
}

describe('a soft purge', () => {
  test('takes the creative away and leaves a tombstone to those who ask for it', async () => {
    const { stored, purge, list, library } = await setting();
    await purge('soft', 'takedown_request');
    expect([await stored(), await library()]).toEqual([undefined, ['b approved']]);
    expect((await list()).query_summary).toMatchObject({ total_matching: 1 });
    const { creatives, query_summary } = await list({ include_purged: true, filters: { creative_ids: ['a'] }, include_snapshot: true });
    expect(query_summary).toMatchObject({ total_matching: 1, returned: 1 });
    expect(creatives).toEqual([{
      creative_id: 'a', name: 'Banner a', status: 'approved', tags: ['t'], format_id: banner('a').format_id, created_date: '2026-11-20T12:00:00.000Z', updated_date: '2026-11-20T12:00:00.000Z',
      purge: { kind: 'soft', at: '2026-11-20T12:00:00.000Z', reason_code: 'takedown_request' },
    }]);
  });

  test('is forgotten after thirty days', async () => {
    const { desk, purge, list } = await setting();
    await purge('soft', 'retention_expired');
    desk.clock.at = new Date(desk.clock.now().getTime() + TOMBSTONE_DAYS * 86_400_000).toISOString();
    expect((await list({ include_purged: true })).creatives.map(({ creative_id }) => creative_id)).toEqual(['b']);
  });
});

describe('a hard purge', () => {
  test('leaves nothing to list, and nothing of what was shown', async () => {
    const { desk, caller, purge, list } = await setting();
    await purge('hard', 'legal_erasure');
    expect((await list({ include_purged: true })).creatives.map(({ creative_id }) => creative_id)).toEqual(['b']);
    expect(await desk.store.preview('prv_a', desk.clock.at)).toBeUndefined();
    expect(JSON.stringify(await desk.store.purgedCreatives(caller.reach, ['a']))).not.toMatch(/Banner|cdn\.example|"t"/);
  });
});

describe('after a purge', () => {
  test('subscribers hear of it at once, and it stands in the log beside the tombstone', async () => {
    const { desk, purge, list } = await setting();
    await purge('soft', 'takedown_request');
    const [logged] = await desk.store.webhooks({ about: 'creative:a' }, 5);
    const body = JSON.parse(logged!.webhook.body) as object;
    expect(body).toMatchObject({
      notification_type: 'creative.purged', subscriber_id: 'primary', account_id: 'acct_test', creative_id: 'a', purge_kind: 'soft', purged_at: desk.clock.at,
      reason_code: 'takedown_request', reason_detail: 'as told', initiator: 'seller',
    });
    expect(officialIssues(body)).toEqual([]);
    const { creatives } = await list({ include_purged: true, include_webhook_activity: true, filters: { creative_ids: ['a'] } });
    expect(creatives[0]!.webhook_activity).toMatchObject([{ notification_type: 'creative.purged', status: 'pending', attempt: 1, idempotency_key: logged!.webhook.webhook_id }]);
  });

  test.each<[PurgeKind, CreativeEventReason]>([['soft', 'retention_expired'], ['hard', 'legal_erasure']])('buys that ran with it are impaired, until it is replaced or comes again: %s', async (kind, reason) => {
    const { desk, sync, purge, buy } = await setting();
    await purge(kind, reason);
    expect(await buy()).toMatchObject({
      status: 'active', health: 'impaired',
      impairments: [{ resource_type: 'creative', resource_id: 'a', package_ids: ['p'], transition: { to: 'rejected' }, reason_code: 'seller_removed', observed_at: desk.clock.at }],
    });
    expect(short(await sync([banner('a')]))).toEqual(['a created approved']);
    expect(await buy()).toMatchObject({ health: 'ok' });
  });

  test('nothing can be assigned by its id', async () => {
    const { sync, purge } = await setting();
    await purge('soft', 'takedown_request');
    const [, a] = await sync([banner('b')], { assignments: [{ creative_id: 'a', package_id: 'q' }] });
    expect(a).toMatchObject({ creative_id: 'a', action: 'failed' });
  });
});

test('retention leaves a tombstone, and erasure none: other kinds are impossible', () => {
  expect([purgeFlaw('hard', 'retention_expired'), purgeFlaw('soft', 'legal_erasure')]).toEqual(['a purge for retention_expired is soft', 'a purge for legal_erasure is hard']);
  expect([purgeFlaw('soft', 'retention_expired'), purgeFlaw('hard', 'takedown_request'), purgeFlaw('soft', 'takedown_request')]).toEqual([undefined, undefined, undefined]);
});
