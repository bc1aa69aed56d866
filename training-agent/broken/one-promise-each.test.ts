/** Sellers whose lie is more than a word, over the real pipeline: each breaks its own promise, and keeps all the others. */
import { createHash } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/protocol/envelope.ts';
import { openTrainingSandbox } from '../sandbox.ts';
import { openedSandbox, type OpenedSandbox } from '../../test/support/opened-sandbox.ts';
import { LIES } from './index.ts';

const HASH = createHash('sha256').update('someone@home.example').digest('hex');
const brand = { domain: 'acmeoutdoor.example' };
const account = { brand, operator: 'agency.example' };
let keys = 0;

/** A buyer with a session of its own at one seller. */
class Buyer {
  readonly #seller: OpenedSandbox;
  readonly #session = `buyer-${(keys += 1)}`;

  constructor(seller: OpenedSandbox) {
    this.#seller = seller;
  }

  ask(task: string, request: JsonObject): Promise<JsonObject> {
    return this.#seller.call(task, { account, idempotency_key: `key-${String((keys += 1)).padStart(16, '0')}`, ...request }, undefined, this.#session);
  }

  control(scenario: string, params: JsonObject): Promise<JsonObject> {
    return this.#seller.call('comply_test_controller', { account: { sandbox: true }, scenario, params }, undefined, this.#session);
  }

  order(bought: JsonObject, more: JsonObject = {}): Promise<JsonObject> {
    return this.ask('create_media_buy', { brand, start_time: 'asap', end_time: '2099-12-31T00:00:00Z', packages: [{ product_id: 'ridge_display_auction', pricing_option_id: 'ridge_auction_cpm', budget: 1000, ...bought }], ...more });
  }

  source(...ids: string[]): Promise<JsonObject> {
    return this.ask('sync_event_sources', { event_sources: ids.map((event_source_id) => ({ event_source_id, event_types: ['purchase'] })) });
  }

  log(event_source_id: string, event_id: string): Promise<JsonObject> {
    return this.ask('log_event', { event_source_id, events: [{ event_id, event_type: 'purchase', event_time: '2099-01-01T00:00:00Z', user_match: { hashed_email: HASH }, custom_data: { total: 80, currency: 'USD' } }] });
  }

  async delivery(media_buy_id: unknown): Promise<{ totals: JsonObject; by_package: { by_creative: JsonObject[] }[] }> {
    const { media_buy_deliveries } = await this.ask('get_media_buy_delivery', { media_buy_ids: [media_buy_id] }) as { media_buy_deliveries: never[] };
    return media_buy_deliveries[0]!;
  }

  simulate(media_buy_id: unknown, params: JsonObject): Promise<JsonObject> {
    return this.control('simulate_delivery', { media_buy_id, ...params });
  }
}

const events = (...ids: string[]) => ({ optimization_goals: [{ kind: 'event', event_sources: ids.map((event_source_id) => ({ event_source_id, event_type: 'purchase', value_field: 'total' })), target: { kind: 'cost_per', value: 35 } }] });
const outcome = (answer: JsonObject) => (answer['adcp_error'] as JsonObject | undefined)?.['field'] ?? answer['status'];
const spend = (amount: number) => ({ reported_spend: { amount, currency: 'USD' } });

interface Proof {
  readonly look: (buyer: Buyer) => Promise<unknown>;
  readonly honest: unknown;
  readonly lying: unknown;
}

const PROOFS: Readonly<Record<string, Proof>> = {
  'accepts-phantom-event-source': {
    look: async (buyer) => outcome(await buyer.order(events('ghost'))),
    honest: 'packages[0].optimization_goals[0].event_sources[0].event_source_id', lying: 'completed',
  },
  'accepts-phantom-audience': {
    look: async (buyer) => outcome(await buyer.order({ targeting_overlay: { audience_include: ['ghost'] } })),
    honest: 'packages[0].targeting_overlay.audience_include[0]', lying: 'completed',
  },
  'accepts-unsupported-reach-unit': {
    look: async (buyer) => outcome(await buyer.order({ product_id: 'fernhill_ctv_auction', pricing_option_id: 'ctv_auction_cpm', optimization_goals: [{ kind: 'metric', metric: 'reach', reach_unit: 'devices' }] })),
    honest: 'packages[0].optimization_goals[0].reach_unit', lying: 'completed',
  },
  'forwards-no-events': {
    async look(buyer) {
      await buyer.source('pixel');
      const { events_received } = await buyer.log('pixel', 'e1');
      const { recorded_calls } = await buyer.control('query_upstream_traffic', { endpoint_pattern: 'POST *' });
      return [events_received, JSON.stringify(recorded_calls).includes(HASH)];
    },
    honest: [1, true], lying: [1, false],
  },
  'counts-duplicates': {
    async look(buyer) {
      await buyer.source('pixel', 'server');
      const { media_buy_id } = await buyer.order(events('pixel', 'server'));
      await buyer.log('pixel', 'e1');
      await buyer.log('server', 'e1');
      const logged = (await buyer.delivery(media_buy_id)).totals['conversions'];
      await buyer.simulate(media_buy_id, { impressions: 1000, conversions: 1, ...spend(40) });
      return [logged, (await buyer.delivery(media_buy_id)).totals['conversions']];
    },
    honest: [1, 1], lying: [2, 2],
  },
  'omits-cpa': {
    async look(buyer) {
      await buyer.source('pixel');
      const { media_buy_id } = await buyer.order(events('pixel'));
      await buyer.simulate(media_buy_id, { impressions: 200_000, conversions: 90, ...spend(3000) });
      const { totals } = await buyer.delivery(media_buy_id);
      return [totals['conversions'], totals['cost_per_acquisition']];
    },
    honest: [90, 33.33], lying: [90, undefined],
  },
  'roas-without-value': {
    async look(buyer) {
      await buyer.source('pixel');
      const { media_buy_id } = await buyer.order(events('pixel'));
      await buyer.log('pixel', 'e1');
      await buyer.simulate(media_buy_id, { impressions: 1000, ...spend(40) });
      const { totals } = await buyer.delivery(media_buy_id);
      return [totals['roas'], totals['conversion_value']];
    },
    honest: [2, 80], lying: [2, undefined],
  },
  'credits-first-creative-only': {
    async look(buyer) {
      await buyer.source('pixel');
      await buyer.ask('sync_creatives', { creatives: ['a', 'b'].map((creative_id) => ({ creative_id, name: creative_id, format_kind: 'image', assets: {} })) });
      const { media_buy_id } = await buyer.order({ ...events('pixel'), creative_assignments: [{ creative_id: 'a' }, { creative_id: 'b' }] });
      await buyer.simulate(media_buy_id, { impressions: 1000, conversions: 90, ...spend(40) });
      return (await buyer.delivery(media_buy_id)).by_package[0]!.by_creative.map((row) => row['conversions']);
    },
    honest: [45, 45], lying: [90, undefined],
  },
  'exceeds-frequency-cap': {
    async look(buyer) {
      const { media_buy_id } = await buyer.order({ targeting_overlay: { frequency_cap: { max_impressions: 3, per: 'individuals', window: { interval: 1, unit: 'days' } } } });
      await buyer.simulate(media_buy_id, { impressions: 8550, ...spend(1500) });
      return (await buyer.delivery(media_buy_id)).totals['frequency'];
    },
    honest: 3, lying: 4,
  },
  'sells-drafts': {
    async look(buyer) {
      const { proposals } = await buyer.ask('get_products', { buying_mode: 'brief', brief: 'display for $20K' }) as { proposals: { proposal_id: string }[] };
      const bought = await buyer.ask('create_media_buy', {
        brand, proposal_id: proposals[0]!.proposal_id, total_budget: { amount: 500_000, currency: 'USD' }, start_time: 'asap', end_time: '2099-12-31T00:00:00Z',
      });
      return outcome(bought);
    },
    honest: 'proposal_id', lying: 'completed',
  },
  'drops-context-on-errors': {
    async look(buyer) {
      const context = { correlation_id: 'c' };
      return [(await buyer.order({ budget: -1 }, { context }))['context'], (await buyer.order({}, { context }))['context']];
    },
    honest: [{ correlation_id: 'c' }, { correlation_id: 'c' }], lying: [undefined, { correlation_id: 'c' }],
  },
  'moves-status-backwards': {
    async look(buyer) {
      await buyer.ask('sync_creatives', { creatives: [{ creative_id: 'a', name: 'a', format_kind: 'image', assets: {} }] });
      const { media_buy_id, media_buy_status } = await buyer.order({ creative_assignments: [{ creative_id: 'a' }] });
      const { media_buys } = await buyer.ask('get_media_buys', { media_buy_ids: [media_buy_id] }) as { media_buys: JsonObject[] };
      return [media_buy_status, media_buys[0]!['status']];
    },
    honest: ['active', 'active'], lying: ['active', 'pending_start'],
  },
  'leaks-payload-on-conflict': {
    async look(buyer) {
      const idempotency_key = 'the-same-key-for-both';
      const { media_buy_id } = await buyer.order({}, { idempotency_key });
      const conflict = await buyer.order({ budget: 2000 }, { idempotency_key });
      return [(conflict['adcp_error'] as JsonObject)['code'], JSON.stringify(conflict).includes(String(media_buy_id))];
    },
    honest: ['IDEMPOTENCY_CONFLICT', false], lying: ['IDEMPOTENCY_CONFLICT', true],
  },
};

const opened: OpenedSandbox[] = [];
afterAll(async () => { for (const each of opened) await each.close(); });
const sellerOf = async (openSandbox: typeof openTrainingSandbox) => {
  const seller = await openedSandbox(openSandbox);
  opened.push(seller);
  return seller;
};

/** What a buyer sees of every promise. */
async function seen(openSandbox: typeof openTrainingSandbox): Promise<Record<string, unknown>> {
  const seller = await sellerOf(openSandbox);
  const views: Record<string, unknown> = {};
  for (const [name, { look }] of Object.entries(PROOFS)) views[name] = await look(new Buyer(seller));
  return views;
}

const HONEST = Object.fromEntries(Object.entries(PROOFS).map(([name, { honest }]) => [name, honest]));

describe('over the real pipeline', () => {
  test('the honest seller keeps every promise', async () => {
    expect(await seen(openTrainingSandbox)).toEqual(HONEST);
  });

  test.each(LIES.filter(({ name }) => PROOFS[name] !== undefined))('$name breaks that promise, and no other', async ({ name, openSandbox }) => {
    expect(await seen(openSandbox)).toEqual({ ...HONEST, [name]: PROOFS[name]!.lying });
  });
});
