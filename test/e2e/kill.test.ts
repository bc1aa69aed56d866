import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toolCaller, type Tool } from '../support/mcp-call.ts';
import { spawnSeller, type SellerProcess } from '../support/process.ts';

const OWN = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example' };
const SOURCE = 'kill-test-shop';

interface Sent {
  readonly task: string;
  readonly request: Record<string, unknown>;
  /** What the seller acknowledged before it was killed. */
  acknowledged?: Record<string, unknown>;
}

const write = (request: object) => ({ idempotency_key: randomUUID(), ...request });

interface Subject {
  readonly how: string;
  readonly account: object;
  start(folder: string): Promise<{ readonly seller: SellerProcess; readonly call: Tool }>;
}

/** With the training agent the store writes where it reads; without it, on a thread of its own. */
const SUBJECTS: readonly Subject[] = [
  {
    how: 'a sandbox', account: { ...OWN, sandbox: true },
    async start(folder) {
      const seller = await spawnSeller(join(folder, 'data'));
      return { seller, call: toolCaller(seller.url, seller.token) };
    },
  },
  {
    how: 'an operator\'s seller', account: OWN,
    async start(folder) {
      const seller = await spawnSeller(join(folder, 'data'), ['--no-sandbox', '--config', operatorConfig(folder)]);
      return { seller, call: toolCaller(seller.url, KEY) };
    },
  },
];

const KEY = 'key-of-the-buyer';

function operatorConfig(folder: string): string {
  const [config, catalogue] = [join(folder, 'live.json'), join(folder, 'catalogue.json')];
  writeFileSync(catalogue, JSON.stringify({ products: [{
    product_id: 'run_of_site', name: 'Run of site', description: 'Display anywhere on the Daily Trail.', delivery_type: 'non_guaranteed', channels: ['display'],
    publisher_properties: [{ publisher_domain: 'daily-trail.example', selection_type: 'all' }],
    format_ids: [{ agent_url: 'https://formats.daily-trail.example/mcp', id: 'display_300x250' }],
    pricing_options: [{ pricing_option_id: 'auction', pricing_model: 'cpm', currency: 'USD', floor_price: 2 }],
    reporting_capabilities: { available_reporting_frequencies: ['daily'], expected_delay_minutes: 60, timezone: 'UTC', supports_webhooks: false, available_metrics: ['impressions', 'spend'], date_range_support: 'date_range' },
    conversion_tracking: { action_sources: ['website'], supported_targets: ['cost_per'], platform_managed: false },
  }] }));
  const key_sha256 = createHash('sha256').update(KEY).digest('hex');
  writeFileSync(config, JSON.stringify({ catalogue, limits: { writes: { per_second: 1e6, burst: 1e6 } }, principals: [{ principal_id: 'buyer', key_sha256 }] }));
  return config;
}

async function prepare(call: Tool, { account, how }: Subject) {
  if (account === OWN) await call('sync_accounts', write({ accounts: [{ ...OWN, billing: 'operator' }] }));
  await call('sync_event_sources', write({ account, event_sources: [{ event_source_id: SOURCE, name: 'Shop', event_types: ['purchase'] }] }));
  const { document } = await call('get_products', { account, buying_mode: 'wholesale' });
  const products = document['products'] as { product_id: string; conversion_tracking?: object; pricing_options: { pricing_option_id: string; floor_price?: number }[] }[];
  const product = products.find((each) => each.conversion_tracking !== undefined);
  if (product === undefined) throw new Error(`${how} sells nothing that aims at conversions`);
  const terms = { product_id: product.product_id, pricing_option_id: product.pricing_options[0]!.pricing_option_id };
  const buy = { account, brand: OWN.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z' };
  return { create: () => write({ ...buy, packages: [{ ...terms, budget: 5000 }] }),
    aimed: write({ ...buy, packages: [{ ...terms, budget: 5000,
      optimization_goals: [{ kind: 'event', event_sources: [{ event_source_id: SOURCE, event_type: 'purchase' }], target: { kind: 'cost_per', value: 10 } }] }] }) };
}

const log = (account: object) => write({ account, event_source_id: SOURCE, events: Array.from({ length: 5 }, () => ({
  event_id: randomUUID(), event_type: 'purchase', event_time: '2099-01-01T00:00:00Z', user_match: { hashed_email: 'a'.repeat(64) } })) });

/** Keeps calling, several at once, until the seller is gone. */
async function stream(call: Tool, next: () => Sent, sent: Sent[]): Promise<void> {
  for (;;) {
    const each = next();
    sent.push(each);
    try {
      const answer = await call(each.task, each.request);
      if (!answer.isError) each.acknowledged = answer.document;
    } catch {
      return;
    }
  }
}

test.each(SUBJECTS)('what $how acknowledged before SIGKILL is there once after a restart, and every call can be repeated', async (subject) => {
  const { account } = subject;
  const data = mkdtempSync(join(tmpdir(), 'adwright-kill-'));
  try {
    const { seller: first, call: before } = await subject.start(data);
    const { create, aimed } = await prepare(before, subject);
    const sent: Sent[] = [];
    const calls = (): Sent => (sent.length % 2 === 0 ? { task: 'create_media_buy', request: create() } : { task: 'log_event', request: log(account) });
    const goal: Sent = { task: 'create_media_buy', request: aimed };
    goal.acknowledged = (await before(goal.task, goal.request)).document;
    const streams = Array.from({ length: 6 }, () => stream(before, calls, sent));
    while (sent.filter((each) => each.acknowledged).length < 60) await new Promise((resolve) => { setTimeout(resolve, 2); });
    await first.end('SIGKILL');
    await Promise.all(streams);
    sent.push(goal);

    const { seller: second, call: after } = await subject.start(data);
    for (const each of sent) {
      const again = await after(each.task, each.request);
      expect([each.task, again.isError]).toEqual([each.task, false]);
      // What was acknowledged comes back word for word; what was not, was either done or not.
      expect(again.document).toEqual(each.acknowledged ? { ...each.acknowledged, replayed: true } : again.document);
      each.acknowledged ??= again.document;
    }
    const ids = sent.flatMap(({ acknowledged }) => (acknowledged?.['media_buy_id'] as string | undefined) ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const { document } = await after('get_media_buys', { account, pagination: { max_results: 1 } });
    expect((document['pagination'] as { total_count: number }).total_count).toBe(ids.length);

    const events = sent.filter(({ task }) => task === 'log_event').length * 5;
    const delivery = await after('get_media_buy_delivery', { account, media_buy_ids: [goal.acknowledged['media_buy_id']] });
    expect((delivery.document['media_buy_deliveries'] as { totals: { conversions: number } }[])[0]!.totals.conversions).toBe(events);
    expect(await second.end('SIGTERM')).toEqual({ code: 0, signal: null });
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}, 60_000);
