import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toolCaller, type Tool } from '../support/mcp-call.ts';
import { spawnSeller } from '../support/process.ts';

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };
const SOURCE = 'kill-test-shop';

interface Sent {
  readonly task: string;
  readonly request: Record<string, unknown>;
  /** What the seller acknowledged before it was killed. */
  acknowledged?: Record<string, unknown>;
}

const write = (request: object) => ({ idempotency_key: randomUUID(), ...request });

async function prepare(call: Tool) {
  await call('sync_event_sources', write({ account: ACCOUNT, event_sources: [{ event_source_id: SOURCE, name: 'Shop', event_types: ['purchase'] }] }));
  const { document } = await call('get_products', { account: ACCOUNT, buying_mode: 'brief', brief: 'display' });
  const [product] = document['products'] as { product_id: string; pricing_options: { pricing_option_id: string }[] }[];
  const terms = { product_id: product!.product_id, pricing_option_id: product!.pricing_options[0]!.pricing_option_id };
  return { create: () => write({ account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z', packages: [{ ...terms, budget: 5000 }] }),
    aimed: write({ account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z', packages: [{ ...terms, budget: 5000,
      optimization_goals: [{ kind: 'event', event_sources: [{ event_source_id: SOURCE, event_type: 'purchase' }], target: { kind: 'cost_per', value: 10 } }] }] }) };
}

const log = () => write({ event_source_id: SOURCE, events: Array.from({ length: 5 }, () => ({
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

test('what was acknowledged before SIGKILL is there once after a restart, and every call can be repeated', async () => {
  const data = mkdtempSync(join(tmpdir(), 'adwright-kill-'));
  try {
    const first = await spawnSeller(data);
    const before = toolCaller(first.url, first.token);
    const { create, aimed } = await prepare(before);
    const sent: Sent[] = [];
    const calls = (): Sent => (sent.length % 2 === 0 ? { task: 'create_media_buy', request: create() } : { task: 'log_event', request: log() });
    const goal: Sent = { task: 'create_media_buy', request: aimed };
    goal.acknowledged = (await before(goal.task, goal.request)).document;
    const streams = Array.from({ length: 6 }, () => stream(before, calls, sent));
    while (sent.filter((each) => each.acknowledged).length < 60) await new Promise((resolve) => { setTimeout(resolve, 2); });
    await first.end('SIGKILL');
    await Promise.all(streams);
    sent.push(goal);

    const second = await spawnSeller(data);
    const after = toolCaller(second.url, second.token);
    for (const each of sent) {
      const again = await after(each.task, each.request);
      expect([each.task, again.isError]).toEqual([each.task, false]);
      // What was acknowledged comes back word for word; what was not, was either done or not.
      expect(again.document).toEqual(each.acknowledged ? { ...each.acknowledged, replayed: true } : again.document);
      each.acknowledged ??= again.document;
    }
    const ids = sent.flatMap(({ acknowledged }) => (acknowledged?.['media_buy_id'] as string | undefined) ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const { document } = await after('get_media_buys', { account: ACCOUNT, pagination: { max_results: 1 } });
    expect((document['pagination'] as { total_count: number }).total_count).toBe(ids.length);

    const events = sent.filter(({ task }) => task === 'log_event').length * 5;
    const delivery = await after('get_media_buy_delivery', { account: ACCOUNT, media_buy_ids: [goal.acknowledged['media_buy_id']] });
    expect((delivery.document['media_buy_deliveries'] as { totals: { conversions: number } }[])[0]!.totals.conversions).toBe(events);
    expect(await second.end('SIGTERM')).toEqual({ code: 0, signal: null });
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}, 60_000);
