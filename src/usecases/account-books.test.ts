import { describe, expect, test } from 'vitest';
import { callerWithAccount, PRINCIPAL, record, refusalOf, testDesk } from '../../test/support/desk.ts';
import { expectOfficial } from '../../test/support/official.ts';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';
import { deliveryFact } from '../domain/delivery-split.ts';
import type { MediaBuyRecord } from '../domain/media-buy.ts';
import { bindingUsage } from '../domain/usage-record.ts';
import type { GetAccountFinancialsRequest } from '../protocol/wire/get-account-financials.ts';
import type { UsageEntry } from '../protocol/wire/report-usage.ts';
import { getAccountFinancials } from './get-account-financials.ts';
import { reportUsage } from './report-usage.ts';

const ACCOUNT = { account_id: 'acct_test' };
const PERIOD = { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' };

async function setting(buys: readonly MediaBuyRecord[] = [testBuy([testPackage('p')])], account = {}) {
  const desk = testDesk();
  const caller = await callerWithAccount(desk, account);
  await record(desk, buys.map((buy) => ({ kind: 'put_media_buy', buy }) as const));
  const decide = (request: Partial<GetAccountFinancialsRequest> = {}) => getAccountFinancials({ account: ACCOUNT, ...request }, caller, desk);
  const read = async (request: Partial<GetAccountFinancialsRequest> = {}) => {
    const body = await record(desk, await decide(request));
    expectOfficial('get_account_financials', body);
    return body;
  };
  const spend = (day: string, micros: number, buy = buys[0]!) =>
    record(desk, [{ kind: 'record_delivery', fact: deliveryFact(buy, { counters: { spend_micros: micros } }, day) }]);
  const report = async (...usage: Partial<UsageEntry>[]) => {
    const entries = usage.map((entry) => ({ account: ACCOUNT, vendor_cost: 10, currency: 'USD', ...entry })) as UsageEntry[];
    const body = await record(desk, await reportUsage({ idempotency_key: 'k'.repeat(16), reporting_period: PERIOD, usage: entries }, caller, desk));
    expectOfficial('report_usage', body);
    return body;
  };
  return { desk, caller, decide, read, spend, report };
}

describe('get_account_financials', () => {
  test('tells the month so far: what the account spent, and that it owes nothing', async () => {
    const { read, spend } = await setting();
    await spend('2026-10-31', 5_000_000);
    await spend('2026-11-01', 1_250_000);
    await spend('2026-11-20', 2_000_000);
    expect(await read()).toEqual({
      account: ACCOUNT, currency: 'USD', period: { start: '2026-11-01', end: '2026-11-20' }, timezone: 'UTC',
      spend: { total_spend: 3.25, media_buy_count: 1 }, payment_status: 'current',
    });
  });

  test('counts both ends of a period, and in it the buys that ran or spent', async () => {
    const ended = testBuy([testPackage('q')], { media_buy_id: 'mb_2', status: 'completed', start_time: '2026-09-01T00:00:00Z', end_time: '2026-10-01T00:00:00Z' });
    const waiting = testBuy([testPackage('r')], { media_buy_id: 'mb_3', status: 'pending_creatives' });
    const { read, spend } = await setting([testBuy([testPackage('p')]), ended, waiting]);
    for (const day of ['2026-11-02', '2026-11-03', '2026-11-04']) await spend(day, 1_000_000);
    expect((await read({ period: { start: '2026-11-02', end: '2026-11-03' } })).spend).toEqual({ total_spend: 2, media_buy_count: 1 });
    expect((await read({ period: { start: '2026-09-30', end: '2026-09-30' } })).spend).toEqual({ total_spend: 0, media_buy_count: 1 });
    expect((await read({ period: { start: '2026-01-01', end: '9999-12-31' } })).spend).toEqual({ total_spend: 3, media_buy_count: 2 });
  });

  test('never adds up currencies: the one bought in last is told, others stand beside it', async () => {
    const euros = testBuy([testPackage('q')], { media_buy_id: 'mb_2', currency: 'EUR' });
    const { read, spend } = await setting([testBuy([testPackage('p')]), euros]);
    await spend('2026-11-02', 1_000_000);
    await spend('2026-11-02', 7_000_000, euros);
    expect(await read()).toMatchObject({
      currency: 'EUR', spend: { total_spend: 7, media_buy_count: 1 },
      ext: { adwright: { other_currencies: [{ currency: 'USD', total_spend: 1, media_buy_count: 1 }] } },
    });
  });

  test('never shows what another account spent', async () => {
    const { read, spend } = await setting([testBuy([testPackage('p')], { account_id: 'acct_other' })]);
    await spend('2026-11-02', 1_000_000);
    expect((await read()).spend).toEqual({ total_spend: 0, media_buy_count: 0 });
  });

  test.each([['payment_required', 'past_due'], ['suspended', 'suspended'], ['closed', undefined]] as const)('an account that is %s has the payment status %s', async (status, payment_status) => {
    const { read } = await setting([], { status, payment_terms: 'net_30' });
    const told = await read();
    expect([told.payment_status, told.payment_terms]).toEqual([payment_status, 'net_30']);
  });

  test('refuses a period that ends before it begins, and accounts that are not billed to their operator', async () => {
    const { decide } = await setting();
    expect(refusalOf(await decide({ period: { start: '2026-11-02', end: '2026-11-01' } }))).toMatchObject({ code: 'INVALID_REQUEST', field: 'period.end' });
    const billed = await setting([], { billing: 'agent' });
    expect(refusalOf(await billed.decide())).toMatchObject({ code: 'UNSUPPORTED_FEATURE', field: 'account' });
  });

  test('refuses an account that is not the caller\'s', async () => {
    const { desk } = await setting();
    const nobody = { principal: PRINCIPAL, reach: { principal_id: PRINCIPAL.principal_id, wide: false } };
    expect(refusalOf(await getAccountFinancials({ account: { account_id: 'acct_unknown' } }, nobody, desk))).toMatchObject({ code: 'ACCOUNT_NOT_FOUND', field: 'account' });
  });
});

describe('report_usage', () => {
  test('takes each entry down alone, and names those that it does not take by their path', async () => {
    const { report, desk } = await setting();
    expect(await report({ media_buy_id: 'mb_1' }, { media_buy_id: 'mb_unknown' }, { account: { account_id: 'acct_unknown' } }, {})).toMatchObject({
      accepted: 2,
      errors: [{ code: 'MEDIA_BUY_NOT_FOUND', field: 'usage[1].media_buy_id' }, { code: 'ACCOUNT_NOT_FOUND', field: 'usage[2].account' }],
    });
    expect((await desk.store.usage('buyer', 'acct_test')).map(({ entry }) => entry.media_buy_id)).toEqual(['mb_1', undefined]);
  });

  test.each([
    [{ final: true }, 'INVALID_REQUEST', 'finalized_at'],
    [{ finalized_at: '2026-12-02T00:00:00Z' }, 'INVALID_REQUEST', 'finalized_at'],
    [{ media_buy_id: 'mb_1', currency: 'EUR' }, 'INVALID_REQUEST', 'currency'],
    [{ media_buy_id: 'mb_1', measurement_window: 'c9' }, 'INVALID_REQUEST', 'measurement_window'],
    [{ media_buy_id: 'mb_2' }, 'MEDIA_BUY_NOT_FOUND', 'media_buy_id'],
  ])('does not take %j', async (entry, code, field) => {
    const windows = { reporting: { measurement_windows: [{ window_id: 'live', duration_days: 0 }, { window_id: 'c7', duration_days: 7 }] } };
    const foreign = testBuy([testPackage('q')], { media_buy_id: 'mb_2', account_id: 'acct_other' });
    const { report, desk } = await setting([testBuy([testPackage('p', {}, windows)]), foreign]);
    expect(await report(entry)).toMatchObject({ accepted: 0, errors: [{ code, field: `usage[0].${field}` }] });
    expect(await desk.store.usage('buyer', 'acct_test')).toEqual([]);
  });

  test('takes nothing of a period that ends before it begins', async () => {
    const { desk, caller } = await setting();
    const reporting_period = { start: PERIOD.end, end: PERIOD.start };
    const decision = await reportUsage({ idempotency_key: 'k'.repeat(16), reporting_period, usage: [{ account: ACCOUNT, vendor_cost: 1, currency: 'USD' }] }, caller, desk);
    expect(decision).toMatchObject({ body: { accepted: 0, errors: [{ code: 'INVALID_REQUEST', field: 'reporting_period.end' }] }, changes: [] });
  });

  test('of all that was reported of a buy and a period, the last final record binds', async () => {
    const { report, desk } = await setting();
    const final = { media_buy_id: 'mb_1', final: true, finalized_at: '2026-12-02T00:00:00Z' };
    await report({ media_buy_id: 'mb_1', vendor_cost: 1 });
    expect(bindingUsage(await desk.store.usage('buyer', 'acct_test'))).toEqual([]);
    await report({ ...final, vendor_cost: 2 }, { ...final, vendor_cost: 3 });
    await report({ media_buy_id: 'mb_1', vendor_cost: 4, final: false });
    expect(bindingUsage(await desk.store.usage('buyer', 'acct_test')).map(({ entry }) => entry.vendor_cost)).toEqual([3]);
  });
});
