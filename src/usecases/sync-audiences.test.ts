import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callerWithAccount, record, testDesk } from '../../test/support/desk.ts';
import { audienceRecord, member } from '../../test/support/library-records.ts';
import { expectOfficial } from '../../test/support/official.ts';
import { pushed, testPlatform } from '../../test/support/platform.ts';
import { ALL_FEATURES } from '../domain/features.ts';
import type { Audience } from '../protocol/wire/core/audience.ts';
import type { SyncAudiencesRequest } from '../protocol/wire/sync-audiences.ts';
import { syncAudiences } from './sync-audiences.ts';

/** A seller that targets audiences of two members and more. */
async function setting() {
  const desk = testDesk({ platform: testPlatform, features: { ...ALL_FEATURES, audience_targeting: { minimum_audience_size: 2 } } });
  const caller = await callerWithAccount(desk);
  const sync = async (more: Partial<SyncAudiencesRequest>) => {
    const body = await record(
      desk,
      await syncAudiences({ idempotency_key: 'key-key-key-key-1', account: { account_id: 'acct_test' }, ...more }, caller, desk),
    );
    expectOfficial('sync_audiences', body);
    return body.audiences;
  };
  const one = async (audience: Audience) => (await sync({ audiences: [audience] }))[0]!;
  return { desk, caller, sync, one };
}

const members = (...ids: string[]) => ids.map(member);

test('takes an upload, says that it is being matched, and tells the outcome from the next call on', async () => {
  const { one, sync } = await setting();
  expect(await one({ audience_id: 'loyal', name: 'Loyal', tags: ['q4'], add: members('1', '2', '3') })).toEqual({
    audience_id: 'loyal',
    action: 'created',
    status: 'processing',
    name: 'Loyal',
    tags: ['q4'],
    uploaded_count: 3,
    total_uploaded_count: 3,
    last_synced_at: '2026-11-20T12:00:00.000Z',
  });
  expect(await sync({})).toEqual([
    {
      audience_id: 'loyal',
      action: 'unchanged',
      status: 'ready',
      name: 'Loyal',
      tags: ['q4'],
      uploaded_count: 0,
      total_uploaded_count: 3,
      matched_count: 3,
      effective_match_rate: 1,
      last_synced_at: '2026-11-20T12:00:00.000Z',
    },
  ]);
});

test('is too small below the least size, and says what that is', async () => {
  const { one, sync } = await setting();
  await one({ audience_id: 'few', add: members('1') });
  expect((await sync({}))[0]).toMatchObject({ status: 'too_small', matched_count: 1, minimum_size: 2 });
  await one({ audience_id: 'few', add: members('2') });
  expect((await sync({}))[0]).toMatchObject({ status: 'ready', matched_count: 2 });
  expect(await one({ audience_id: 'empty' })).toMatchObject({ action: 'created', status: 'too_small', matched_count: 0 });
});

test('counts members, not uploads: repeats, those that are there, and those that leave', async () => {
  const { one, sync } = await setting();
  await one({ audience_id: 'a', add: members('1', '2', '2', '3') });
  expect(await one({ audience_id: 'a', add: members('3', '4'), remove: members('1', 'unknown') })).toMatchObject({
    action: 'updated',
    uploaded_count: 2,
    total_uploaded_count: 6,
  });
  expect((await sync({}))[0]).toMatchObject({ matched_count: 3 });
});

test('lets a member leave that is added and removed at once', async () => {
  const { desk, caller, one } = await setting();
  await one({ audience_id: 'a', add: members('1', '2'), remove: members('1') });
  const [audience] = await desk.store.audiences(caller.reach);
  expect([...(await desk.store.audienceMembers(audience!, ['1', '2']))]).toEqual(['2']);
  expect(audience?.member_count).toBe(1);
});

test('counts what it holds, after any uploads', async () => {
  const some = fc.uniqueArray(fc.constantFrom('1', '2', '3', '4', '5'), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ add: some, remove: some }), { maxLength: 5 }), async (uploads) => {
      const { desk, caller, one } = await setting();
      for (const { add, remove } of uploads)
        await one({
          audience_id: 'a',
          ...(add.length > 0 ? { add: members(...add) } : {}),
          ...(remove.length > 0 ? { remove: members(...remove) } : {}),
        });
      const [audience] = await desk.store.audiences(caller.reach);
      const held = audience ? await desk.store.audienceMembers(audience, ['1', '2', '3', '4', '5']) : new Set();
      expect(audience?.member_count ?? 0).toBe(held.size);
    }),
    { numRuns: 20 },
  );
});

test('changes what is told of an audience, keeps what is not, and leaves it alone when nothing is new', async () => {
  const { one } = await setting();
  await one({ audience_id: 'a', name: 'A', description: 'first', add: members('1', '2') });
  expect(await one({ audience_id: 'a', name: 'A' })).toMatchObject({ action: 'unchanged', status: 'ready' });
  expect(await one({ audience_id: 'a', description: 'second' })).toMatchObject({
    action: 'updated',
    name: 'A',
    status: 'ready',
    uploaded_count: 0,
  });
});

test('deletes an audience with its members; one that is not there is no error', async () => {
  const { desk, caller, sync } = await setting();
  await sync({ audiences: [{ audience_id: 'a', add: members('1') }] });
  expect(
    await sync({
      audiences: [
        { audience_id: 'a', delete: true },
        { audience_id: 'unknown', delete: true },
      ],
    }),
  ).toEqual([
    { audience_id: 'a', action: 'deleted' },
    { audience_id: 'unknown', action: 'deleted' },
  ]);
  expect(await desk.store.audiences(caller.reach)).toEqual([]);
});

test('deletes what a complete list leaves out, in this account only, even for a caller that reaches further', async () => {
  const { desk, caller, sync } = await setting();
  await sync({ audiences: [{ audience_id: 'a' }, { audience_id: 'b' }] });
  await record(desk, [{ kind: 'put_audience', audience: audienceRecord('theirs', { library: 'acct_other' }), add: [], remove: [] }]);
  const wide = { ...caller, reach: { ...caller.reach, wide: true } };
  const decision = await syncAudiences(
    { idempotency_key: 'key-key-key-key-2', account: { account_id: 'acct_test' }, audiences: [{ audience_id: 'a' }], delete_missing: true },
    wide,
    desk,
  );
  expect((await record(desk, decision)).audiences.map(({ audience_id, action }) => `${audience_id} ${action}`)).toEqual([
    'a unchanged',
    'b deleted',
  ]);
  expect((await desk.store.audiences(wide.reach)).map(({ audience_id }) => audience_id)).toEqual(['a', 'theirs']);
});

test('fails an audience that stands in the list twice, the second time', async () => {
  const { sync } = await setting();
  expect(await sync({ audiences: [{ audience_id: 'a' }, { audience_id: 'a', delete: true }] })).toMatchObject([
    { action: 'created' },
    { action: 'failed', errors: [{ code: 'INVALID_REQUEST', field: 'audiences[1].audience_id' }] },
  ]);
});

test('keeps a suspension through an upload, and ends any other forced status with it', async () => {
  const { desk, one, sync } = await setting();
  const force = (audience_id: string, forced_status: 'suspended' | 'ready') =>
    record(desk, [
      {
        kind: 'put_audience',
        audience: audienceRecord(audience_id, { forced_status, forced_reason: 'consent_expired' }),
        add: [],
        remove: [],
      },
    ]);
  await force('barred', 'suspended');
  await force('lifted', 'ready');
  expect((await sync({})).map(({ status }) => status)).toEqual(['suspended', 'ready']);
  expect(await one({ audience_id: 'barred', add: members('1') })).toMatchObject({ status: 'suspended', reason: 'consent_expired' });
  expect(await one({ audience_id: 'lifted', add: members('1') })).toMatchObject({ status: 'processing' });
  expect((await sync({})).map(({ status }) => status)).toEqual(['suspended', 'too_small']);
});

test('never tells a member', async () => {
  const { one, sync } = await setting();
  const told = JSON.stringify([
    await one({ audience_id: 'a', add: [{ external_id: 'crm-77', hashed_email: 'e'.repeat(64) }] }),
    await sync({}),
  ]);
  expect(told).not.toMatch(/crm-77|eeee/);
});

test('passes members on, a thousand at a time and those that leave last, then the end of the audience', async () => {
  const { desk, one } = await setting();
  const many = members(...Array.from({ length: 1001 }, (_, at) => `m${at}`));
  await one({ audience_id: 'a', name: 'A', add: many, remove: members('gone') });
  await one({ audience_id: 'a', description: 'about' });
  await one({ audience_id: 'a', name: 'A' });
  await one({ audience_id: 'a', delete: true });
  const pushes = await pushed(desk.store);
  const account_id = 'acct_test';
  expect(pushes.map(({ lane, calls }) => [lane, ...calls.map(({ body }) => body)])).toEqual(
    [
      { account_id, audience_id: 'a', name: 'A', add: many.slice(0, 1000) },
      { account_id, audience_id: 'a', name: 'A', add: many.slice(1000) },
      { account_id, audience_id: 'a', name: 'A', remove: members('gone') },
      { account_id, audience_id: 'a', description: 'about' },
      { account_id, audience_id: 'a', delete: true },
    ].map((body) => ['audience:acct_test/a', body]),
  );
});
