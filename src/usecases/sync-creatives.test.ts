import { describe, expect, test } from 'vitest';
import { banner, creativeSetting, short } from '../../test/support/creatives.ts';
import { record, refusalOf } from '../../test/support/desk.ts';
import { creativeRecord } from '../../test/support/library-records.ts';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';
import { syncCreatives } from './sync-creatives.ts';

describe('the library', () => {
  test('takes new creatives, leaves known ones alone, and names what changed', async () => {
    const { sync, library } = await creativeSetting();
    expect(short(await sync([banner('a'), banner('b')]))).toEqual(['a created approved', 'b created approved']);
    const [a, b] = await sync([banner('a'), banner('b', { name: 'New' })]);
    expect([a, b]).toEqual([
      { creative_id: 'a', action: 'unchanged', status: 'approved' },
      { creative_id: 'b', action: 'updated', status: 'approved', changes: ['name'] },
    ]);
    expect(await library()).toEqual(['a approved', 'b approved']);
  });

  test('tells a rejected creative that is sent again as under review, and shows it approved to the next reader', async () => {
    const { desk, sync, library } = await creativeSetting();
    await record(desk, [{ kind: 'put_creative', creative: creativeRecord('a', { status: 'rejected', rejection_reason: 'too loud' }) }]);
    expect(short(await sync([banner('a')]))).toEqual(['a updated pending_review']);
    expect(await library()).toEqual(['a approved']);
  });

  test('stays as it is in a dry run that tells what would happen', async () => {
    const { decide, library, put, buy } = await creativeSetting();
    await put(testBuy([testPackage('p')]));
    const decision = await decide([banner('a')], { dry_run: true, assignments: [{ creative_id: 'a', package_id: 'p' }] });
    expect(decision).toMatchObject({
      body: { dry_run: true, creatives: [{ creative_id: 'a', action: 'created', assigned_to: ['p'] }] },
      changes: [],
    });
    expect([await library(), (await buy()).revision]).toEqual([[], 1]);
  });

  test('is changed only for the ids that the call limits itself to', async () => {
    const { sync, library } = await creativeSetting();
    expect(short(await sync([banner('a'), banner('b')], { creative_ids: ['b', 'unknown'] }))).toEqual(['b created approved']);
    expect(await library()).toEqual(['b approved']);
  });

  test('loses what a complete list leaves out: approved creatives are archived, others deleted, archived ones stay', async () => {
    const { desk, sync, library } = await creativeSetting();
    await sync([banner('a'), banner('b')]);
    await record(desk, [
      { kind: 'put_creative', creative: creativeRecord('c', { status: 'rejected' }) },
      { kind: 'put_creative', creative: creativeRecord('d', { status: 'archived' }) },
    ]);
    await record(desk, [{ kind: 'put_creative', creative: creativeRecord('theirs', { library: 'acct_other' }) }]);
    expect(short(await sync([banner('a')], { delete_missing: true }))).toEqual(['a unchanged approved', 'b updated archived', 'c deleted']);
    expect(await library()).toEqual(['a approved', 'b archived', 'd archived']);
    expect(short(await sync([banner('b')]))).toEqual(['b updated approved']);
    expect(await desk.store.creatives({ principal_id: 'buyer', library: 'acct_other', wide: false }, ['theirs'])).toHaveLength(1);
  });

  test('refuses delete_missing together with creative_ids', async () => {
    const { decide } = await creativeSetting();
    expect(refusalOf(await decide([banner('a')], { delete_missing: true, creative_ids: ['a'] }))).toMatchObject({
      code: 'INVALID_REQUEST',
      field: 'delete_missing',
    });
  });

  test('is that of the account, even for a caller that reaches further', async () => {
    const { desk, caller, library } = await creativeSetting();
    await record(desk, [{ kind: 'put_creative', creative: creativeRecord('a', { library: 'acct_other' }) }]);
    const wide = { ...caller, reach: { ...caller.reach, wide: true } };
    const decision = await syncCreatives(
      { idempotency_key: 'key-key-key-key-2', account: { account_id: 'acct_test' }, creatives: [banner('a')], delete_missing: true },
      wide,
      desk,
    );
    expect(short((await record(desk, decision)).creatives)).toEqual(['a created approved']);
    expect(await library()).toEqual(['a approved']);
  });
});
