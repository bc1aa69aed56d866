import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../protocol/envelope.ts';
import { GOVERNANCE_ORIGIN } from '../../training-agent/governance/server.ts';
import { openTrainingSandbox } from '../../training-agent/sandbox.ts';
import { startAgent, type Tool, type ToolCall } from '../../test/support/mcp-agent.ts';
import { officialIsThere } from '../../test/support/official.ts';
import { officialSchemas } from '../../test/support/official-schemas.ts';
import { openedSandbox, type OpenedSandbox } from '../../test/support/opened-sandbox.ts';

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };
const SECRET = 'a-secret-of-more-than-thirty-two-characters';
const OWN = 'https://governance.own.example';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => { for (const close of opened.splice(0).toReversed()) await close(); });

const write = (request: JsonObject): JsonObject => ({ idempotency_key: randomUUID(), ...request });
const order = (budget: number, more: JsonObject = {}): JsonObject => write({
  account: ACCOUNT, brand: ACCOUNT.brand, start_time: '2026-12-01T00:00:00Z', end_time: '2026-12-31T00:00:00Z',
  packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget }], ...more,
});
const codeOf = (document: JsonObject) => (document['adcp_error'] as { code: string } | undefined)?.code;
const PLAN = { plan_id: 'plan_q4', budget: { total: 10_000, currency: 'USD' }, flight: { start: '2026-01-01T00:00:00Z', end: '2027-12-31T00:00:00Z' }, countries: ['US', 'CA'] };

interface Bench {
  readonly open: OpenedSandbox;
  call(task: string, request: JsonObject): Promise<JsonObject>;
  /** The buys of the account. */
  buys(): Promise<JsonObject[]>;
  asked(): number;
}

/** A sandbox with an account that has a governance agent, the sandbox's own or one that answers as the test says. */
async function bench({ tool, plan = {}, scheme = 'Bearer', ...more }: { tool?: Tool; plan?: JsonObject; scheme?: string } & Parameters<typeof openedSandbox>[1] = {}): Promise<Bench & { agent: readonly ToolCall[] }> {
  const own = tool && (await startAgent({ check_governance: tool }));
  if (own) opened.push(() => own.close());
  const open = await openedSandbox(openTrainingSandbox, { hosts: new Map(own ? [[OWN, new URL(own.url).origin]] : []), ...more });
  opened.push(() => open.close());
  expect(open.sandbox.governance.put({ ...PLAN, ...plan })).toBeUndefined();
  const synced = await open.call('sync_governance', write({ accounts: [{
    account: ACCOUNT, governance_agents: [{ url: own ? `${OWN}/mcp` : `${GOVERNANCE_ORIGIN}/mcp`, authentication: { schemes: [scheme], credentials: SECRET } }],
  }] }));
  expect(synced).toMatchObject({ accounts: [{ status: 'synced' }] });
  return {
    open, agent: own?.calls ?? [], call: (task, request) => open.call(task, request),
    buys: async () => (await open.call('get_media_buys', { account: ACCOUNT }))['media_buys'] as JsonObject[],
    asked: () => open.sandbox.governance.asked.length,
  };
}

/** What AdCP's own schema has against a question. */
const flawsOf = (question: unknown) => (officialIsThere ? officialSchemas().validate('governance/check-governance-request.json', question) : []);
const answering = (verdict: JsonObject): Tool => ({ plan_id }) => ({ check_id: 'chk_1', plan_id, explanation: 'so it is', expires_at: '2026-11-21T00:00:00Z', ...verdict });

describe('a purchase under a plan', () => {
  test('is asked about before it is confirmed, with the credential and the token, and keeps the token', async () => {
    const { call, open, buys } = await bench();
    const bought = await call('create_media_buy', order(8_000, { plan_id: 'plan_q4', governance_context: 'token-of-the-buyer', invoice_recipient: { legal_name: 'Trail & Tent Ltd', bank: { iban: 'GB33BUKB20201555555555', account_holder: 'T' } },
      push_notification_config: { url: 'https://hooks.trailandtent.example/a', authentication: { schemes: ['Bearer'], credentials: 'another-secret-of-the-buyer-0123456789' } } }));
    expect(bought).toMatchObject({ status: 'completed', governance_context: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string, planned_delivery: { total_budget: 8_000, currency: 'USD' } });
    expect(open.sandbox.governance.asked).toHaveLength(1);
    const [{ authorization, request }] = open.sandbox.governance.asked as unknown as [{ authorization: string; request: JsonObject }];
    expect(authorization).toBe(`Bearer ${SECRET}`);
    expect(request).toMatchObject({
      plan_id: 'plan_q4', caller: open.desk.seller.agent_url, tool: 'create_media_buy', phase: 'purchase', governance_context: 'token-of-the-buyer',
      payload: { plan_id: 'plan_q4', packages: [{ budget: 8_000 }] }, planned_delivery: { total_budget: 8_000, currency: 'USD', start_time: '2026-12-01T00:00:00Z', channels: ['display'] },
      invoice_recipient: { legal_name: 'Trail & Tent Ltd' },
    });
    expect(JSON.stringify(request)).not.toMatch(/GB33|another-secret/);
    expect(flawsOf(request)).toEqual([]);
    expect(await buys()).toHaveLength(1);
  });

  test('is refused with the findings as they are, and leaves nothing behind', async () => {
    const { call, buys, asked, open } = await bench();
    const request = order(50_000, { plan_id: 'plan_q4', push_notification_config: { url: 'https://hooks.trailandtent.example/a' } });
    const refused = await call('create_media_buy', request);
    expect(refused['adcp_error']).toMatchObject({ code: 'GOVERNANCE_DENIED', recovery: 'correctable', details: {
      plan_id: 'plan_q4', check_id: expect.stringMatching(/^chk_/) as string,
      findings: [{ category_id: 'budget_authority', severity: 'critical', explanation: "50000 is more than the plan's 10000 USD." }],
    } });
    expect(await buys()).toEqual([]);
    expect(await open.store.webhooks({}, 10)).toEqual([]);
    expect((await call('list_tasks', {}))['tasks']).toEqual([]);
    // The key is free: the same call is asked about again, and a smaller one goes through.
    expect(codeOf(await call('create_media_buy', request))).toBe('GOVERNANCE_DENIED');
    expect(asked()).toBe(2);
    expect(await call('create_media_buy', order(8_000, { plan_id: 'plan_q4' }))).toMatchObject({ status: 'completed' });
  });

  test('is not asked about again when the call is repeated', async () => {
    const { call, asked } = await bench();
    const request = order(8_000, { plan_id: 'plan_q4' });
    const first = await call('create_media_buy', request);
    expect(await call('create_media_buy', { ...request, governance_context: 'another' })).toEqual({ ...first, replayed: true });
    expect(asked()).toBe(1);
  });

  test('is not asked about when it could not be carried out anyway', async () => {
    const { call, asked } = await bench();
    expect(codeOf(await call('create_media_buy', order(8_000, { plan_id: 'plan_q4', end_time: '2026-11-01T00:00:00Z' })))).toBe('INVALID_REQUEST');
    expect(asked()).toBe(0);
  });

  test('of which the agent knows nothing is refused', async () => {
    const { call, buys } = await bench();
    expect((await call('create_media_buy', order(8_000, { plan_id: 'plan_none' })))['adcp_error']).toMatchObject({ code: 'PLAN_NOT_FOUND', field: 'plan_id' });
    expect(await buys()).toEqual([]);
  });
});

test('a proposal that is bought is asked about like anything else', async () => {
  const { call, open, asked, buys } = await bench();
  const found = await call('get_products', { account: ACCOUNT, brand: ACCOUNT.brand, buying_mode: 'brief', brief: 'outdoor display, 9000 USD' });
  const [{ proposal_id }] = found['proposals'] as [{ proposal_id: string }];
  const finalised = await call('get_products', { account: ACCOUNT, brand: ACCOUNT.brand, buying_mode: 'refine', refine: [{ scope: 'proposal', proposal_id, action: 'finalize' }] });
  expect([(finalised['proposals'] as { proposal_status: string }[])[0]!.proposal_status, asked()]).toEqual(['committed', 0]);
  const buy = (amount: number) => call('create_media_buy', write({
    account: ACCOUNT, brand: ACCOUNT.brand, start_time: '2026-12-01T00:00:00Z', end_time: '2026-12-31T00:00:00Z', proposal_id, total_budget: { amount, currency: 'USD' }, plan_id: 'plan_q4',
  }));
  expect(codeOf(await buy(50_000))).toBe('GOVERNANCE_DENIED');
  expect(await buys()).toEqual([]);
  expect(await buy(9_000)).toMatchObject({ status: 'completed', total_budget: 9_000 });
  expect(open.sandbox.governance.asked.map(({ request }) => [request.planned_delivery!.total_budget, (request.payload!['total_budget'] as { amount: number }).amount])).toEqual([[50_000, 50_000], [9_000, 9_000]]);
});

describe('the plan of an account', () => {
  test('stands in the configuration when the request names none', async () => {
    const { call, asked } = await bench({ plans: [{ brand: 'other.example', plan_id: 'none' }, { brand: 'trailandtent.example', operator: 'northlight-media.example', plan_id: 'plan_q4' }] });
    expect(codeOf(await call('create_media_buy', order(50_000)))).toBe('GOVERNANCE_DENIED');
    expect(asked()).toBe(1);
  });

  test('has to be named where none is known, but not in a sandbox', async () => {
    const strict = await bench({ unplanned: 'refuse' });
    expect((await strict.call('create_media_buy', order(50_000)))['adcp_error']).toMatchObject({ code: 'INVALID_REQUEST', field: 'plan_id' });
    expect(await strict.buys()).toEqual([]);
    const sandbox = await bench();
    expect(await sandbox.call('create_media_buy', order(50_000, { governance_context: 'token-of-the-buyer' }))).toMatchObject({ status: 'completed', governance_context: 'token-of-the-buyer' });
    expect(sandbox.asked()).toBe(0);
  });
});

describe('conditions', () => {
  const required = (field: string, value: unknown) => ({ plan: { ext: { required: [{ field, value, reason: 'the plan says so' }] } } });

  test('that the packages can meet are met, and the agent is asked again', async () => {
    const { call, asked } = await bench(required('packages[0].budget', 6_000));
    expect(await call('create_media_buy', order(8_000, { plan_id: 'plan_q4' }))).toMatchObject({
      status: 'completed', packages: [{ budget: 6_000 }], total_budget: 6_000, planned_delivery: { total_budget: 6_000 },
      ext: { governance: { plan_id: 'plan_q4', conditions: [{ field: 'packages[0].budget', required_value: 6_000, reason: 'the plan says so' }] } },
    });
    expect(asked()).toBe(2);
  });

  test.each([['that ask for more money', 'packages[0].budget', 9_000], ['about what is no term of a package', 'account.operator', 'somebody.example'], ['about packages that are not there', 'packages[3].budget', 1]])(
    '%s deny the purchase', async (_what, field, value) => {
      const { call, buys } = await bench(required(field, value));
      expect((await call('create_media_buy', order(8_000, { plan_id: 'plan_q4' })))['adcp_error']).toMatchObject({
        code: 'GOVERNANCE_DENIED', details: { conditions: [{ field, required_value: value, reason: 'the plan says so' }] },
      });
      expect(await buys()).toEqual([]);
    });

  test('that lead to a purchase which cannot be made deny it', async () => {
    const { call } = await bench(required('packages[0].end_time', '2028-01-01T00:00:00Z'));
    expect(codeOf(await call('create_media_buy', order(8_000, { plan_id: 'plan_q4' })))).toBe('GOVERNANCE_DENIED');
  });

  test('without a value are advice that the buyer is told', async () => {
    const { call, asked } = await bench({ plan: { custom_policies: [{ policy_id: 'weekly', policy: 'Report every week.' }] } });
    expect(await call('create_media_buy', order(8_000, { plan_id: 'plan_q4' }))).toMatchObject({ status: 'completed', ext: { governance: { conditions: [{ field: 'policies.weekly', reason: 'Report every week.' }] } } });
    expect(asked()).toBe(1);
  });

  test('that change each time they are met end in a denial', async () => {
    let wanted = 5_000;
    const less: Tool = (args, told) => answering({ verdict: 'conditions', conditions: [{ field: 'packages[0].budget', required_value: (wanted -= 1_000), reason: 'less' }] })(args, told);
    const { call, agent } = await bench({ tool: less });
    expect(codeOf(await call('create_media_buy', order(8_000, { plan_id: 'p' })))).toBe('GOVERNANCE_DENIED');
    expect(agent).toHaveLength(3);
  });
});

describe('an agent that gives no verdict', () => {
  test.each<[string, Tool]>([
    ['answers nothing of the kind', () => ({ hello: 'world' })],
    ['approves without an end', ({ plan_id }) => ({ check_id: 'c', plan_id, verdict: 'approved', explanation: 'yes' })],
    ['speaks of another plan', () => answering({ verdict: 'approved', plan_id: 'another' })({}, { headers: {}, calls: [] })],
    ['approved it for a time that has passed', answering({ verdict: 'approved', expires_at: '2026-11-20T11:59:59Z' })],
    ['denies without a finding', answering({ verdict: 'denied' })],
    ['hangs up', () => ({ $http: (response) => response.destroy() })],
    ['never answers', () => ({ $http: () => {} })],
    ['is broken', () => ({ $rpcError: { code: -32_603, message: 'secret of the agent' } })],
  ])('because it %s lets nothing through, and the call can be repeated', async (_what, tool) => {
    const { call, buys } = await bench({ tool, timeoutMs: 2_000 });
    const refused = await call('create_media_buy', order(8_000, { plan_id: 'p' }));
    expect(refused['adcp_error']).toMatchObject({ code: 'GOVERNANCE_UNAVAILABLE', recovery: 'transient', retry_after: 5 });
    expect(JSON.stringify(refused)).not.toContain('secret of the agent');
    expect(await buys()).toEqual([]);
  }, 15_000);

  test('is asked again when the same call comes again', async () => {
    let up = false;
    const { call } = await bench({ tool: (args, told) => (up ? answering({ verdict: 'approved' })(args, told) : { $http: (response) => response.writeHead(503).end() }) });
    const request = order(8_000, { plan_id: 'p' });
    expect(codeOf(await call('create_media_buy', request))).toBe('GOVERNANCE_UNAVAILABLE');
    up = true;
    expect(await call('create_media_buy', request)).toMatchObject({ status: 'completed' });
  });
});

test('an agent that recognises us by HMAC gets signed bodies and no secret', async () => {
  const { call, agent } = await bench({ tool: answering({ verdict: 'approved' }), scheme: 'HMAC-SHA256' });
  expect(await call('create_media_buy', order(8_000, { plan_id: 'p' }))).toMatchObject({ status: 'completed' });
  expect(agent[0]!.headers).toMatchObject({ 'x-adcp-signature': expect.stringMatching(/^sha256=[0-9a-f]{64}$/) as string, 'x-adcp-timestamp': '1795176000' });
  expect(agent[0]!.headers.authorization).toBeUndefined();
});

test('an agent that wants to hear how it goes is told at the time that it names', async () => {
  const { call, open } = await bench({ tool: answering({ verdict: 'approved', next_check: '2026-12-02T00:00:00Z' }) });
  const { media_buy_id } = await call('create_media_buy', order(8_000, { plan_id: 'p' }));
  const due = await open.store.leaseJobs('2026-12-02T00:00:00.000Z', '2026-12-02T01:00:00.000Z', 100);
  expect(due.map(({ job }) => job)).toContainEqual(expect.objectContaining({ kind: 'check_delivery', run_at: '2026-12-02T00:00:00.000Z', payload: { media_buy_id, approved_by: 'chk_1', since: open.clock.at } }));
});

describe('a change', () => {
  async function running() {
    const it = await bench();
    const bought = await it.call('create_media_buy', order(4_000, { plan_id: 'plan_q4' }));
    const [{ package_id }] = bought['packages'] as [{ package_id: string }];
    const update = (change: JsonObject) => it.call('update_media_buy', write({ account: ACCOUNT, media_buy_id: bought['media_buy_id'], ...change }));
    return { ...it, update, package_id, bought, first: it.asked() };
  }

  test.each<[string, (package_id: string) => JsonObject]>([
    ['raises a budget', (package_id) => ({ packages: [{ package_id, budget: 5_000 }] })],
    ['adds a package', () => ({ new_packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 1_000 }] })],
    ['extends the flight', () => ({ end_time: '2027-01-31T00:00:00Z' })],
    ['changes who is billed', () => ({ invoice_recipient: { legal_name: 'Somebody Ltd' } })],
  ])('that %s is asked about, with the token of the buy', async (_what, change) => {
    const { update, asked, open, package_id, bought, first } = await running();
    expect(await update(change(package_id))).toMatchObject({ status: 'completed', governance_context: expect.any(String) as string });
    expect(asked()).toBe(first + 1);
    const { request } = open.sandbox.governance.asked.at(-1)!;
    expect(request).toMatchObject({ phase: 'modification', tool: 'update_media_buy', plan_id: 'plan_q4', governance_context: bought['governance_context'], modification_summary: expect.stringContaining('grows') as string });
    expect(flawsOf(request)).toEqual([]);
  });

  test('that the plan does not cover is refused whole', async () => {
    const { update, package_id, buys } = await running();
    expect(codeOf(await update({ packages: [{ package_id, budget: 11_000 }] }))).toBe('GOVERNANCE_DENIED');
    expect(await buys()).toMatchObject([{ total_budget: 4_000, revision: 1 }]);
  });

  test.each<[string, (package_id: string) => JsonObject]>([
    ['lowers a budget', (package_id) => ({ packages: [{ package_id, budget: 3_000 }] })],
    ['narrows the targeting', (package_id) => ({ packages: [{ package_id, targeting_overlay: { geo_countries: ['US'] } }] })],
    ['shortens the flight', () => ({ end_time: '2026-12-20T00:00:00Z' })],
    ['pauses', () => ({ paused: true })],
    ['cancels', () => ({ canceled: true })],
  ])('that %s is not asked about', async (_what, change) => {
    const { update, asked, package_id, first } = await running();
    expect(await update(change(package_id))).toMatchObject({ status: 'completed' });
    expect(asked()).toBe(first);
  });
});

test('two changes at once are each judged by what the buy is then', async () => {
  const { call, open, buys } = await bench();
  const bought = await call('create_media_buy', order(6_000, { plan_id: 'plan_q4' }));
  const add = () => call('update_media_buy', write({ account: ACCOUNT, media_buy_id: bought['media_buy_id'], new_packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 3_000 }] }));
  const codes = (await Promise.all([add(), add()])).map((document) => codeOf(document) ?? document['status']);
  expect(codes.toSorted()).toEqual(['GOVERNANCE_DENIED', 'completed']);
  expect(await buys()).toMatchObject([{ total_budget: 9_000 }]);
  expect(open.sandbox.governance.asked.map(({ request }) => request.planned_delivery?.total_budget).toSorted()).toEqual([12_000, 6_000, 9_000, 9_000]);
});
