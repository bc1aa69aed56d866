import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { toolCaller, type Tool } from '../support/mcp-call.ts';
import { startSeller, type TestSeller } from '../support/seller.ts';

let seller: TestSeller;
let call: Tool;
beforeAll(async () => {
  seller = await startSeller();
  call = toolCaller(seller.url, seller.token);
});
afterAll(() => seller.close());
/** After each refusal the server goes on serving, and nothing that it said broke the protocol. */
afterEach(async () => {
  if ((await call('get_adcp_capabilities', {})).isError) throw new Error('the server no longer serves');
  if (seller.violations.length > 0) throw new Error(seller.violations.splice(0).join('\n'));
});

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };
const write = (request: object): Record<string, unknown> => ({ idempotency_key: randomUUID(), context: { correlation_id: 'bad' }, ...request });
const raw = (body: string) => fetch(seller.url, { method: 'POST', body, headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', authorization: `Bearer ${seller.token}` } });
const errorOf = (document: Record<string, unknown>) => document['adcp_error'] as { code: string; field?: string; message: string; issues?: unknown[] };

const PACKAGE = { product_id: 'test-product', pricing_option_id: 'default', budget: 1000 };
const BUY = { account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z', packages: [PACKAGE] };
const bought = async () => ((await call('get_media_buys', { account: ACCOUNT })).document['pagination'] as { total_count: number }).total_count;

describe('what is not a call', () => {
  test.each([
    ['{"jsonrpc":"2.0","id":1,', 400, -32700],
    ['[{"jsonrpc":"2.0","id":1,"method":"tools/list"}]', 400, -32600],
    [`{"pad":"${'x'.repeat(33 * 1024 * 1024)}"}`, 413, -32600],
  ])('%.40s is refused with HTTP %i and JSON-RPC %i', async (body, status, code) => {
    const response = await raw(body);
    expect([response.status, ((await response.json()) as { error: { code: number } }).error.code]).toEqual([status, code]);
  });

  test('an unknown tool is named', async () => {
    const { rpcError } = await call('buy_everything', {});
    expect(rpcError).toMatchObject({ code: -32602, message: expect.stringContaining('buy_everything') as string });
  });
});

describe('create_media_buy with a wrong type at every level', () => {
  test.each([
    [{ packages: 'all of them' }, 'packages'],
    [{ packages: [] }, 'packages'],
    [{ packages: ['one'] }, 'packages[0]'],
    [{ packages: [{ ...PACKAGE, budget: '1000' }] }, 'packages[0].budget'],
    [{ packages: [{ ...PACKAGE, budget: -1 }] }, 'packages[0].budget'],
    [{ packages: [{ pricing_option_id: 'default', budget: 1 }] }, 'packages[0].product_id'],
    [{ packages: [PACKAGE, { ...PACKAGE, bid_price: true }] }, 'packages[1].bid_price'],
    [{ packages: [{ ...PACKAGE, targeting_overlay: [] }] }, 'packages[0].targeting_overlay'],
    [{ packages: [{ ...PACKAGE, targeting_overlay: { audience_include: [7] } }] }, 'packages[0].targeting_overlay.audience_include[0]'],
    [{ packages: [{ ...PACKAGE, targeting_overlay: { frequency_cap: { max_impressions: 'three', per: 'individuals', window: { interval: 1, unit: 'days' } } } }] }, 'packages[0].targeting_overlay.frequency_cap.max_impressions'],
    [{ packages: [{ ...PACKAGE, targeting_overlay: { frequency_cap: { max_impressions: 3, per: 'individuals', window: { interval: 1, unit: 'fortnights' } } } }] }, 'packages[0].targeting_overlay.frequency_cap.window.unit'],
    [{ packages: [{ ...PACKAGE, optimization_goals: [{ kind: 'metric', metric: 'joy' }] }] }, 'packages[0].optimization_goals[0].metric'],
    [{ packages: [{ ...PACKAGE, optimization_goals: [{ kind: 'event', event_sources: [{ event_source_id: 5, event_type: 'purchase' }] }] }] }, 'packages[0].optimization_goals[0].event_sources[0].event_source_id'],
    [{ packages: [{ ...PACKAGE, optimization_goals: [{ kind: 'event', event_sources: [] }] }] }, 'packages[0].optimization_goals[0].event_sources'],
    [{ packages: [{ ...PACKAGE, creative_assignments: [{ weight: 1 }] }] }, 'packages[0].creative_assignments[0].creative_id'],
    [{ account: 'mine' }, 'account'],
    [{ account: { operator: 5, brand: ACCOUNT.brand } }, 'account.operator'],
    [{ brand: { domain: 5 } }, 'brand.domain'],
    [{ start_time: 5 }, 'start_time'],
    [{ start_time: 'soon' }, 'start_time'],
    [{ end_time: '2099-13-45' }, 'end_time'],
    [{ idempotency_key: 'short' }, 'idempotency_key'],
    [{ context: 'text' }, 'context'],
  ])('%j is located', async (change, field) => {
    const before = await bought();
    const { document, isError } = await call('create_media_buy', write({ ...BUY, ...change }));
    expect(isError).toBe(true);
    expect(errorOf(document)).toMatchObject({ code: 'INVALID_REQUEST', field });
    expect((document['errors'] as unknown[])[0]).toEqual(document['adcp_error']);
    expect(document['context']).toEqual('context' in change ? undefined : { correlation_id: 'bad' });
    expect(await bought()).toBe(before);
  });
});

describe('log_event in bulk', () => {
  const events = (count: number) => Array.from({ length: count }, (_, n) => ({ event_id: `bulk-${n}`, event_type: 'purchase', event_time: '2099-01-01T00:00:00Z', user_match: { hashed_email: 'a'.repeat(64) } }));

  test('takes 10,000 events and refuses 10,001, writing none of them', async () => {
    await call('sync_event_sources', write({ account: ACCOUNT, event_sources: [{ event_source_id: 'bulk', name: 'Bulk', event_types: ['purchase'] }] }));
    const refused = await call('log_event', write({ event_source_id: 'bulk', events: events(10_001) }));
    expect(errorOf(refused.document)).toMatchObject({ code: 'INVALID_REQUEST', field: 'events' });
    const taken = await call('log_event', write({ event_source_id: 'bulk', events: events(10_000) }));
    expect(taken.document).toMatchObject({ events_received: 10_000, events_processed: 10_000 });
  });

  test.each([{ brand: { name: 'x' }, operator: 'northlight-media.example', sandbox: true }, { ...ACCOUNT, operator: 7 }, { account_id: {} }, { brand: null, sandbox: true }])(
    'goes on or refuses when its account, of which AdCP says nothing, names none: %j', async (account) => {
      const { document } = await call('log_event', write({ account, event_source_id: 'bulk', events: events(1) }));
      expect([undefined, 'ACCOUNT_NOT_FOUND', 'INVALID_REQUEST']).toContain((document['adcp_error'] as { code?: string } | undefined)?.code);
    });

  test('locates a fault in the last event of many', async () => {
    const { document } = await call('log_event', write({ event_source_id: 'bulk', events: [...events(500), { event_id: 'x', event_type: 'purchase', event_time: 'yesterday' }] }));
    expect(errorOf(document)).toMatchObject({ code: 'INVALID_REQUEST', field: 'events[500].event_time' });
  });
});

describe('what does not belong to the caller', () => {
  test('an unknown account id is refused on writes', async () => {
    const { document } = await call('create_media_buy', write({ ...BUY, account: { account_id: 'acct_of_nobody' } }));
    expect(errorOf(document)).toMatchObject({ code: 'ACCOUNT_NOT_FOUND', field: 'account' });
  });

  test.each(['get_products', 'list_creatives', 'list_accounts', 'get_media_buys', 'list_creative_formats'])('%s refuses a foreign cursor', async (task) => {
    for (const cursor of ['bm90IG1pbmU', '%00', '9'.repeat(400)]) {
      const { document } = await call(task, { pagination: { cursor, max_results: 2 }, ...(task === 'get_products' ? { buying_mode: 'wholesale' } : {}) });
      expect(errorOf(document)).toMatchObject({ code: 'INVALID_REQUEST', field: 'pagination.cursor' });
    }
  });
});
