import { describe, expect, test } from 'vitest';
import type { CreativeReview } from '../domain/creative-review.ts';
import type { ReviewPolicy } from '../domain/review.ts';
import type { JobPayloads } from '../domain/ports/jobs.ts';
import type { CreativeAsset } from '../protocol/wire/core/creative-asset.ts';
import { banner, creativeSetting, short } from '../../test/support/creatives.ts';
import { record } from '../../test/support/desk.ts';
import { expectOfficial } from '../../test/support/official.ts';
import { pushed } from '../../test/support/platform.ts';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';
import { getAdcpCapabilities } from './get-adcp-capabilities.ts';
import { getMediaBuys } from './get-media-buys.ts';
import { settleCreative } from './settle-creative.ts';
import { syncCreatives } from './sync-creatives.ts';

const SUBSCRIBER = { subscriber_id: 'primary', url: 'https://buyer.example/events', event_types: ['creative.status_changed'], active: true } as const;
const other = (creative_id: string) => banner(creative_id, { name: 'Other', assets: { image: { asset_type: 'image', url: 'https://cdn.example/other.png', width: 300, height: 250 } } as CreativeAsset['assets'] });

/** A desk at which people look at creatives; `p` waits for `a`. */
async function setting(creatives: CreativeReview, approve_after_seconds?: number) {
  const base = await creativeSetting();
  const desk = { ...base.desk, review: { buys: 'none' as const, briefs: false, creatives, ...(approve_after_seconds === undefined ? {} : { approve_after_seconds }) } };
  const { caller } = base;
  await record(desk, [{ kind: 'put_account', account: { ...caller.account, notification_configs: [SUBSCRIBER] as never } }]);
  await base.put(testBuy([testPackage('p', { product_id: 'takeover', creative_assignments: [{ creative_id: 'a' }] })], { status: 'pending_creatives' }));
  const sync = async (...assets: CreativeAsset[]) => {
    const decision = await syncCreatives({ idempotency_key: 'key-key-key-key-1', account: { account_id: 'acct_test' }, creatives: assets }, caller, desk);
    return (await record(desk, decision)).creatives;
  };
  const settle = async (order: Omit<JobPayloads['settle_creative'], 'library' | 'creative_id'> & { creative_id?: string }) =>
    record(desk, await settleCreative('buyer', { library: 'acct_test', creative_id: 'a', ...order }, desk));
  const buy = async () => {
    const body = await record(desk, await getMediaBuys({}, caller, desk));
    expectOfficial('get_media_buys', body);
    const { status, packages } = body.media_buys[0]!;
    return { status, approvals: packages[0]!.creative_approvals };
  };
  const news = async () => (await desk.store.webhooks({ about: 'creative:a' }, 9)).map(({ webhook }) => JSON.parse(webhook.body) as { transition: object; reason_code: string; initiator: string });
  return { desk, caller, sync, settle, buy, library: base.library, news };
}
const APPROVED = { decision: { kind: 'approved' } } as const;
const rejected = (reason: string) => ({ decision: { kind: 'rejected', reason } }) as const;

describe('a creative that a person looks at', () => {
  test('waits when it comes, and its buys with it; approval lets both go on and is told to subscribers', async () => {
    const { sync, settle, buy, library, news } = await setting('all');
    expect(short(await sync(banner('a')))).toEqual(['a created pending_review']);
    expect(await buy()).toEqual({ status: 'pending_creatives', approvals: [{ creative_id: 'a', approval_status: 'pending_review' }] });
    await settle(APPROVED);
    expect([await library(), await buy()]).toEqual([['a approved'], { status: 'active', approvals: [{ creative_id: 'a', approval_status: 'approved' }] }]);
    expect(await news()).toMatchObject([{ transition: { from: 'pending_review', to: 'approved' }, reason_code: 'review_passed', initiator: 'seller' }]);
  });

  test('is rejected for a reason that its buyer reads, and waits again when it is sent again', async () => {
    const { sync, settle, buy, library, news } = await setting('all');
    await sync(banner('a'));
    await settle(rejected('too loud'));
    expect(await buy()).toEqual({ status: 'pending_creatives', approvals: [{ creative_id: 'a', approval_status: 'rejected', rejection_reason: 'too loud' }] });
    expect(await news()).toMatchObject([{ transition: { from: 'pending_review', to: 'rejected' }, reason_code: 'review_failure', reason_detail: 'too loud' }]);
    expect(short(await sync(banner('a')))).toEqual(['a updated pending_review']);
    expect(await library()).toEqual(['a pending_review']);
  });

  test('may be taken back after approval, and then serves no more', async () => {
    const { desk, sync, settle, news } = await setting('all');
    await sync(banner('a'));
    await settle(APPROVED);
    await pushed(desk.store);
    await settle(rejected('the page has changed'));
    expect((await news())[0]).toMatchObject({ transition: { from: 'approved', to: 'rejected' }, reason_code: 'policy_revocation' });
    expect((await pushed(desk.store)).map(({ calls }) => calls[0]!.body['packages'])).toMatchObject([[{ package_id: 'p', creative_assignments: [], paused: true }]]);
  });

  test('goes to the platform only once it is approved', async () => {
    const { desk, sync, settle } = await setting('all');
    await sync(banner('a'));
    expect(await pushed(desk.store)).toEqual([]);
    await settle(APPROVED);
    expect((await pushed(desk.store)).map(({ calls }) => calls[0]!.body['packages'])).toMatchObject([[{ package_id: 'p', creative_assignments: [{ creative_id: 'a' }] }]]);
  });

  test('is not approved by a decision about what it showed before', async () => {
    const { desk, sync, settle, library } = await setting('all');
    await sync(banner('a'));
    const content_at = desk.clock.at;
    desk.clock.at = '2026-11-20T13:00:00.000Z';
    await sync(other('a'));
    await settle({ content_at, ...APPROVED });
    expect(await library()).toEqual(['a pending_review']);
  });

  test('waits only in the formats that people look at', async () => {
    const { sync } = await setting({ formats: ['display_300x250'] });
    const native = { ...banner('n'), assets: { headline: { asset_type: 'text', content: 'x' } }, format_kind: 'native_in_feed', format_id: undefined } as unknown as CreativeAsset;
    expect(short(await sync(banner('a'), JSON.parse(JSON.stringify(native)) as CreativeAsset))).toEqual(['a created pending_review', 'n created approved']);
  });

  test('goes on by itself after the time that the operator gives, unless it was decided', async () => {
    const { desk, sync, settle, library, news } = await setting('all', 60);
    await sync(banner('a'));
    const due = async (now: string) => (await desk.store.leaseJobs(now, '2026-11-20T14:00:00.000Z', 9)).flatMap(({ job }) => (job.kind === 'settle_creative' ? [job.payload] : []));
    expect(await due('2026-11-20T12:00:59.000Z')).toEqual([]);
    const [order] = await due('2026-11-20T12:01:00.000Z');
    await settle(rejected('no'));
    await settle(order!);
    expect(await library()).toEqual(['a rejected']);
    await sync(banner('a'));
    await settle(order!);
    expect([await library(), (await news())[0]]).toMatchObject([['a approved'], { initiator: 'system', reason_code: 'review_passed' }]);
  });
});

describe('a creative on a package that people look at', () => {
  test('is approved in the library, and waits on the package', async () => {
    const { sync, settle, buy, library } = await setting({ products: ['takeover'] });
    await sync(banner('a'));
    expect([await library(), await buy()]).toEqual([['a approved'], { status: 'pending_creatives', approvals: [{ creative_id: 'a', approval_status: 'pending_review' }] }]);
    await settle({ package_id: 'p', ...APPROVED });
    expect(await buy()).toEqual({ status: 'active', approvals: [{ creative_id: 'a', approval_status: 'approved' }] });
    await settle({ package_id: 'p', ...rejected('not on this page') });
    expect(await buy()).toEqual({ status: 'active', approvals: [{ creative_id: 'a', approval_status: 'rejected', rejection_reason: 'not on this page' }] });
  });

  test('is decided on there only, and subscribers hear for which package', async () => {
    const { sync, settle, news } = await setting({ products: ['takeover'] });
    await sync(banner('a'));
    await settle({ package_id: 'p', ...APPROVED });
    await settle({ package_id: 'p', ...APPROVED });
    await settle({ package_id: 'p', ...rejected('not on this page') });
    await settle({ package_id: 'p', ...APPROVED });
    const ext = { adwright: { media_buy_id: 'mb_1', package_id: 'p' } };
    const told = await news();
    expect(told).toMatchObject([
      { transition: { from: 'approved', to: 'rejected' }, reason_code: 'policy_revocation', reason_detail: 'not on this page', initiator: 'seller', ext },
      { transition: { from: 'pending_review', to: 'approved' }, reason_code: 'review_passed', initiator: 'seller', ext },
    ]);
    expect(told).toHaveLength(2);
  });

  test('waits again when what it shows changes, and only then', async () => {
    const { desk, sync, settle, buy } = await setting({ products: ['takeover'] });
    await sync(banner('a'));
    await settle({ package_id: 'p', ...APPROVED });
    desk.clock.at = '2026-11-20T13:00:00.000Z';
    await sync(banner('a', { name: 'Renamed' }));
    expect(await buy()).toMatchObject({ approvals: [{ approval_status: 'approved' }] });
    await sync(other('a'));
    expect(await buy()).toMatchObject({ approvals: [{ approval_status: 'pending_review' }] });
  });

  test('is nothing to decide where it is not assigned', async () => {
    const { desk, sync } = await setting({ products: ['takeover'] });
    await sync(banner('a'), banner('b'));
    expect(await settleCreative('buyer', { library: 'acct_test', creative_id: 'b', package_id: 'p', ...APPROVED }, desk)).toEqual([]);
    expect(await settleCreative('buyer', { library: 'acct_test', creative_id: 'none', ...APPROVED }, desk)).toEqual([]);
  });
});

test('capabilities say whether people look at creatives', async () => {
  const { desk, caller } = await setting({ products: ['takeover'] });
  const mode = async (review: ReviewPolicy | undefined) => {
    const { review: _old, ...rest } = desk;
    return (await record(desk, await getAdcpCapabilities({}, caller, review ? { ...rest, review } : rest))).media_buy?.creative_approval_mode;
  };
  expect([await mode(desk.review), await mode({ buys: 'all', briefs: true }), await mode(undefined)]).toEqual(['require_human', 'auto_approve', 'auto_approve']);
});
