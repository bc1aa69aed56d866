import { expect, test } from 'vitest';
import { callerWithAccount, record, refusalOf, testDesk } from '../../test/support/desk.ts';
import { accountRecord, creativeRecord } from '../../test/support/library-records.ts';
import { expectOfficial } from '../../test/support/official.ts';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';
import type { CreativeRecord } from '../domain/creative.ts';
import type { ListCreativesRequest } from '../protocol/wire/list-creatives.ts';
import { listCreatives } from './list-creatives.ts';

const dated = (day: number) => ({ created_date: `2026-11-0${day}T00:00:00.000Z`, updated_date: `2026-11-0${day}T00:00:00.000Z` });

/** Three creatives, oldest first; `old` is assigned twice and has served. */
async function setting(...more: CreativeRecord[]) {
  const desk = testDesk();
  const caller = await callerWithAccount(desk);
  const creatives = [
    creativeRecord('old', dated(1), { tags: ['x'] }),
    creativeRecord('mid', { ...dated(2), status: 'rejected' }),
    creativeRecord('gone', { ...dated(3), status: 'archived' }),
    ...more,
  ];
  await record(
    desk,
    creatives.map((creative) => ({ kind: 'put_creative', creative }) as const),
  );
  const buy = testBuy(['p', 'q'].map((id) => testPackage(id, { creative_assignments: [{ creative_id: 'old' }] })));
  const fact = {
    principal_id: 'buyer',
    media_buy_id: 'mb_1',
    day: '2026-11-19',
    increments: [{ package_id: 'p', creative_id: 'old', impressions: 12 }],
    gauges: {},
  };
  await record(desk, [
    { kind: 'put_media_buy', buy },
    { kind: 'record_delivery', fact },
  ]);
  const list = async (request: ListCreativesRequest = {}) => {
    const body = await record(desk, await listCreatives(request, caller, desk));
    expectOfficial('list_creatives', body);
    return body;
  };
  const ids = async (request: ListCreativesRequest = {}) => (await list(request)).creatives.map(({ creative_id }) => creative_id);
  return { desk, caller, list, ids };
}

test('lists the library, newest first, with where each creative is assigned, to a call that says nothing but its context', async () => {
  const { list } = await setting();
  const { creatives, query_summary, pagination } = await list({ context: { trace: 1 } });
  expect(creatives.map(({ creative_id }) => creative_id)).toEqual(['mid', 'old']);
  expect(creatives[1]).toEqual({
    creative_id: 'old',
    name: 'Creative old',
    status: 'approved',
    ...dated(1),
    format_id: { agent_url: 'https://seller.example/mcp', id: 'display_300x250' },
    assets: {},
    tags: ['x'],
    assignments: {
      assignment_count: 2,
      assigned_packages: ['p', 'q'].map((package_id) => ({ package_id, assigned_date: '2026-11-01T00:00:00.000Z' })),
    },
  });
  expect(creatives[0]?.assignments).toEqual({ assignment_count: 0, assigned_packages: [] });
  expect(query_summary).toEqual({
    total_matching: 2,
    returned: 2,
    filters_applied: [],
    sort_applied: { field: 'created_date', direction: 'desc' },
  });
  expect(pagination).toEqual({ has_more: false, total_count: 2 });
});

test('tells archived creatives to those who ask for them', async () => {
  const { ids } = await setting();
  expect([await ids({ filters: { statuses: ['archived'] } }), await ids({ filters: { creative_ids: ['gone', 'old'] } })]).toEqual([
    ['gone'],
    ['gone', 'old'],
  ]);
});

test('filters and sorts, and says by what', async () => {
  const { list } = await setting();
  const { creatives, query_summary } = await list({
    filters: { assigned_to_packages: ['q'], tags: ['x'] },
    sort: { field: 'assignment_count' },
  });
  expect(creatives.map(({ creative_id }) => creative_id)).toEqual(['old']);
  expect(query_summary).toEqual({
    total_matching: 1,
    returned: 1,
    filters_applied: ['assigned_to_packages', 'tags'],
    sort_applied: { field: 'assignment_count', direction: 'desc' },
  });
});

test('filters by accounts, in every way to name one; an unknown account has none', async () => {
  const { desk, ids } = await setting(creativeRecord('theirs', { ...dated(4), library: 'acct_other' }));
  await record(desk, [{ kind: 'put_account', account: accountRecord('acct_other', { brand: { domain: 'noon.example' } }) }]);
  const everywhere = { principal: { principal_id: 'buyer', mode: 'live' as const }, reach: { principal_id: 'buyer', wide: false } };
  const of = async (...accounts: NonNullable<NonNullable<ListCreativesRequest['filters']>['accounts']>) =>
    (await record(desk, await listCreatives({ filters: { accounts } }, everywhere, desk))).creatives.map(({ creative_id }) => creative_id);
  expect(await of({ account_id: 'acct_other' })).toEqual(['theirs']);
  expect(await of({ brand: { domain: 'noon.example' }, operator: 'northlight-media.example' }, { account_id: 'acct_test' })).toEqual([
    'theirs',
    'mid',
    'old',
  ]);
  expect(await of({ account_id: 'phantom' })).toEqual([]);
  expect(await ids({ filters: { accounts: [{ account_id: 'acct_other' }] } })).toEqual([]);
});

test('walks the list in pages, the whole number on each, and refuses the cursor of another list', async () => {
  const { list, caller, desk } = await setting();
  const first = await list({ pagination: { max_results: 1 } });
  expect([first.pagination, first.query_summary]).toMatchObject([
    { has_more: true, total_count: 2 },
    { total_matching: 2, returned: 1 },
  ]);
  const cursor = first.pagination.cursor!;
  const second = await list({ pagination: { max_results: 1, cursor } });
  expect([second.creatives[0]?.creative_id, second.pagination]).toEqual(['old', { has_more: false, total_count: 2 }]);
  const foreign = await listCreatives({ filters: { tags: ['x'] }, pagination: { cursor } }, caller, desk);
  expect(refusalOf(foreign)).toMatchObject({ code: 'INVALID_REQUEST', field: 'pagination.cursor' });
});

test('adds what it is asked for: lifetime impressions and variables', async () => {
  const variables = [{ variable_id: 'headline', name: 'Headline', variable_type: 'text' }];
  const { list } = await setting(
    creativeRecord('dynamic', dated(4), { variables: [...variables, { variable_id: 'broken' }, null] } as object),
  );
  const { creatives } = await list({ include_snapshot: true, include_variables: true });
  expect(creatives.map(({ snapshot }) => snapshot)).toEqual([
    { as_of: '2026-11-20T12:00:00.000Z', staleness_seconds: 3600, impressions: 0 },
    { as_of: '2026-11-20T12:00:00.000Z', staleness_seconds: 3600, impressions: 0 },
    { as_of: '2026-11-20T12:00:00.000Z', staleness_seconds: 3600, impressions: 12, last_served: '2026-11-19T00:00:00Z' },
  ]);
  expect(creatives.map((creative) => creative.variables)).toEqual([variables, undefined, undefined]);
});

test('leaves out what it is told to leave out, but never what makes it a creative', async () => {
  const { list } = await setting();
  expect((await list({ include_assignments: false })).creatives[0]).not.toHaveProperty('assignments');
  const { creatives } = await list({ fields: ['name', 'tags', 'concept'] });
  expect(creatives.map((creative) => Object.keys(creative).sort().join())).toEqual([
    'created_date,creative_id,format_id,name,status,updated_date',
    'created_date,creative_id,format_id,name,status,tags,updated_date',
  ]);
});

test("keeps the assignments of one account out of the other's creative of the same id", async () => {
  const { desk } = await setting(creativeRecord('old', { ...dated(5), library: 'acct_other' }));
  const everywhere = { principal: { principal_id: 'buyer', mode: 'live' as const }, reach: { principal_id: 'buyer', wide: false } };
  const { creatives } = await record(
    desk,
    await listCreatives({ filters: { creative_ids: ['old'] }, include_snapshot: true }, everywhere, desk),
  );
  expect(creatives.map(({ assignments, snapshot }) => [assignments?.assignment_count, snapshot?.impressions])).toEqual([
    [0, 0],
    [2, 12],
  ]);
});
