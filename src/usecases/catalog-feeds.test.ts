import { describe, expect, it } from 'vitest';
import { callerWithAccount, record, testClock, testDesk } from '../../test/support/desk.ts';
import { expectOfficial } from '../../test/support/official.ts';
import { testPlatform } from '../../test/support/platform.ts';
import { background } from '../pipeline/background.ts';
import { toolboxFor } from '../pipeline/served-tasks.ts';
import type { FetchedFeed } from '../domain/ports/feeds.ts';
import type { FeedState } from '../domain/catalog/catalog.ts';
import { ALL_FEATURES } from '../domain/features.ts';
import type { Job, JobOf } from '../domain/ports/jobs.ts';
import type { SyncCatalogsRequest, SyncCatalogsSuccess } from '../protocol/wire/sync-catalogs.ts';
import { syncCatalogs } from './sync-catalogs.ts';

const URL_OF_FEED = 'https://feeds.example/menu.json';
const feed = (...titles: string[]): FetchedFeed => ({
  kind: 'feed', content_type: 'application/json', etag: `"${titles.join()}"`,
  text: JSON.stringify(titles.map((title) => ({ item_id: title, title, url: 'https://menu.example/', image_url: 'https://menu.example/a.jpg' }))),
});

/** A seller beside a feed that says what the test lets it say; `lateBelowMs`: it is slower than that. */
async function setting() {
  const served: { now: FetchedFeed; lateBelowMs: number; readonly asked: (FeedState | undefined)[] } = { now: feed('soup'), lateBelowMs: 0, asked: [] };
  const clock = testClock();
  const desk = testDesk({ clock, platform: testPlatform, feeds: {
    async read(_url, known, patienceMs) {
      served.asked.push(known);
      return patienceMs < served.lateBelowMs ? { kind: 'late' } : served.now;
    },
  } });
  const caller = await callerWithAccount(desk);
  const request = { idempotency_key: 'key-key-key-key-1', account: { account_id: 'acct_test' } };
  const sync = async (more: Partial<SyncCatalogsRequest>) => {
    const body = await record(desk, await syncCatalogs({ ...request, ...more }, caller, desk));
    expectOfficial('sync_catalogs', body);
    return body;
  };
  const one = async (more: object = {}) =>
    ((await sync({ catalogs: [{ catalog_id: 'menu', type: 'product', url: URL_OF_FEED, update_frequency: 'hourly', ...more }] })) as SyncCatalogsSuccess).catalogs[0]!;
  const told = async () => ((await sync({})) as SyncCatalogsSuccess).catalogs[0]!;
  /** Runs the jobs of a kind that are due. */
  const run = async (kind: 'fetch_feed' | 'settle_task') => {
    const behind = background(desk, toolboxFor(ALL_FEATURES));
    const due: Job[] = [];
    for (let some = await lease(); some.length > 0; some = await lease()) due.push(...some);
    for (const { job } of due.filter((each) => each.job.kind === kind))
      expect(await (job.kind === 'fetch_feed' ? behind.fetchFeed(job) : behind.settleTask(job as JobOf<'settle_task'>))).toEqual({ kind: 'done' });
    return due.filter(({ job }) => job.kind === kind).length;
  };
  const lease = async () => {
    const some = await desk.store.leaseJobs(clock.at, '2100-01-01T00:00:00.000Z', 100);
    for (const { job } of some) await desk.store.finishJob(job.job_id, { kind: 'done' });
    return some;
  };
  return { desk, caller, clock, served, sync, one, told, run };
}

describe('a catalogue with a feed', () => {
  it('is read at once, and again when its time has come', async () => {
    const { one, told, run, served, clock } = await setting();
    expect(await one()).toMatchObject({ action: 'created', item_count: 1, next_fetch_at: '2026-11-20T13:00:00.000Z' });
    served.now = feed('soup', 'fish');
    expect(await run('fetch_feed')).toBe(0);
    clock.at = '2026-11-20T13:00:00.000Z';
    expect(await run('fetch_feed')).toBe(1);
    expect(served.asked).toEqual([undefined, { etag: '"soup"' }]);
    expect(await told()).toMatchObject({ item_count: 2, last_synced_at: '2026-11-20T13:00:00.000Z', next_fetch_at: '2026-11-20T14:00:00.000Z' });
  });

  it('stays as it is when the feed has not changed, or cannot be had, and says so', async () => {
    const { one, told, run, served, clock } = await setting();
    await one();
    served.now = { kind: 'unchanged' };
    clock.at = '2026-11-20T13:00:00.000Z';
    await run('fetch_feed');
    expect(await told()).toMatchObject({ item_count: 1, last_synced_at: '2026-11-20T13:00:00.000Z' });
    served.now = { kind: 'failed', reason: 'the server answers with status 500' };
    clock.at = '2026-11-20T14:00:00.000Z';
    await run('fetch_feed');
    expect(await told()).toMatchObject({ item_count: 1, last_synced_at: '2026-11-20T13:00:00.000Z', next_fetch_at: '2026-11-20T15:00:00.000Z', warnings: [expect.stringContaining('status 500')] });
    served.now = feed('soup');
    clock.at = '2026-11-20T15:00:00.000Z';
    await run('fetch_feed');
    expect(await told()).not.toHaveProperty('warnings');
  });

  it('is not fetched by the timetable that a later sync has replaced, nor when it is gone', async () => {
    const { one, sync, run, served, clock } = await setting();
    await one();
    clock.at = '2026-11-20T12:30:00.000Z';
    await one();
    clock.at = '2026-11-20T13:00:00.000Z';
    expect(await run('fetch_feed')).toBe(1);
    expect(served.asked).toHaveLength(2);
    await sync({ catalogs: [{ catalog_id: 'other', type: 'product' }], delete_missing: true });
    clock.at = '2026-11-20T13:30:00.000Z';
    expect(await run('fetch_feed')).toBe(1);
    expect(served.asked).toHaveLength(2);
  });

  it('is read whole when its buyer reads it in another way', async () => {
    const { one, served } = await setting();
    await one();
    await one({ feed_field_mappings: [{ feed_field: 'title', catalog_field: 'tagline' }] });
    expect(served.asked).toEqual([undefined, undefined]);
    await one({ feed_field_mappings: [{ feed_field: 'title', catalog_field: 'tagline' }] });
    expect(served.asked[2]).toEqual({ etag: '"soup"' });
  });

  it('keeps its address sealed, whatever becomes of it', async () => {
    const { desk, caller, one, run, served, clock } = await setting();
    await one({ url: 'https://shop:s3cret@feeds.example/menu.json?token=t0ken' });
    expect(await one({ url: 'https://shop:s3cret@feeds.example/menu.json?token=t0ken' })).toMatchObject({ action: 'unchanged' });
    expect(await one({ url: 'https://shop:0ther@feeds.example/menu.json?token=t0ken' })).toMatchObject({ action: 'updated', changes: ['url'] });
    served.now = { kind: 'failed', reason: 'the server answers with status 500' };
    clock.at = '2026-11-20T13:00:00.000Z';
    await run('fetch_feed');
    const [stored] = await desk.store.catalogs(caller.reach);
    expect(stored).toMatchObject({ feed_address: { shown: 'https://...@feeds.example/menu.json?...' }, feed: { failure: { message: expect.stringContaining('status 500') } } });
    expect(JSON.stringify(stored)).not.toMatch(/s3cret|0ther|t0ken/);
  });

  it('whose address the vault opens no longer stays as it is and says so', async () => {
    const { desk, caller, one, told, run, served, clock } = await setting();
    await one();
    const [stored] = await desk.store.catalogs(caller.reach);
    await desk.store.commit({
      changes: [{ kind: 'put_catalog', catalog: { ...stored!, feed_address: { sealed: 'of another key', shown: '...' } } }],
      audit: { at: clock.at, principal_id: 'test', task: 'test', subjects: [] },
    });
    clock.at = '2026-11-20T13:00:00.000Z';
    await run('fetch_feed');
    expect(served.asked).toHaveLength(1);
    expect(await told()).toMatchObject({ item_count: 1, warnings: [expect.stringContaining('sync the catalogue again')] });
    expect(await one()).toMatchObject({ action: 'updated', changes: ['url'] });
  });

  it.each<[FetchedFeed, string, string]>([
    [{ kind: 'failed', reason: 'the server answers with status 404' }, 'FEED_FETCH_FAILED', 'catalogs[0].url'],
    [{ kind: 'feed', text: '{"a":', content_type: '' }, 'INVALID_FEED_FORMAT', 'catalogs[0].feed_format'],
    [{ kind: 'feed', text: JSON.stringify(Array.from({ length: 10_001 }, () => ({}))), content_type: '' }, 'CATALOG_LIMIT_EXCEEDED', 'catalogs[0].url'],
  ])('is refused when the feed is %o', async (now, code, field) => {
    const { one, served, sync } = await setting();
    served.now = now;
    expect(await one()).toMatchObject({ action: 'failed', errors: [{ code, field }] });
    expect(await sync({})).toEqual({ catalogs: [] });
  });
});

describe('feeds that are slow', () => {
  it('make the call a task, which ends with what the call would have answered', async () => {
    const { desk, told, run, served, sync } = await setting();
    served.lateBelowMs = 10_000;
    const submitted: unknown = await sync({ catalogs: [{ catalog_id: 'menu', type: 'product', url: URL_OF_FEED }] });
    expect(submitted).toMatchObject({ status: 'submitted', task_id: expect.stringMatching(/^task_/) });
    expect(await run('settle_task')).toBe(1);
    expect(await told()).toMatchObject({ catalog_id: 'menu', item_count: 1 });
    const task = await desk.store.task('buyer', (submitted as { task_id: string }).task_id);
    expect(task).toMatchObject({ status: 'completed', task_type: 'sync_catalogs', result: { status: 'completed', catalogs: [{ catalog_id: 'menu', action: 'created' }] } });
  });

  it('fail in the end, and only they', async () => {
    const { desk, run, served, sync } = await setting();
    served.lateBelowMs = 60_000;
    const catalogs = [{ catalog_id: 'menu', type: 'product' as const, url: URL_OF_FEED }, { catalog_id: 'inline', type: 'product' as const, items: [{ item_id: 'a' }] }];
    const { task_id } = (await sync({ catalogs, validation_mode: 'lenient' })) as unknown as { task_id: string };
    await run('settle_task');
    expect((await desk.store.task('buyer', task_id))!.result).toMatchObject({ catalogs: [{ action: 'failed', errors: [{ code: 'FEED_FETCH_FAILED' }] }, { action: 'created' }] });
  });
});
