/** Whether a call costs more when much is stored: time of a call with many buys and events in the store, beside the time with none. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { withinWindow } from '../../../src/domain/ports/attribution-policy.ts';
import type { MediaBuyRecord } from '../../../src/domain/media-buy.ts';
import { openSqliteStore } from '../../../src/store/sqlite/store.ts';
import { measure } from './load.ts';
import { ourSeller, type Calls } from './our-seller.ts';
import { median, type Result } from './result.ts';
import type { Settings } from './settings.ts';

const TASKS: readonly (keyof Calls)[] = ['create_media_buy', 'get_media_buys', 'get_media_buy_delivery'];
const FLAT = 1.3;
const BUYS_A_COMMIT = 1_000;
const EVENTS_A_COMMIT = 20_000;

export async function manyRows(settings: Settings): Promise<Result[]> {
  const [none, many] = [await ourSeller(), await ourSeller((data) => stock(data, settings))];
  const rates = new Map<string, number[]>();
  try {
    for (let round = -1; round < settings.rounds; round += 1) {
      if (round === 0) rates.clear();
      for (const task of TASKS)
        for (const [name, seller] of [['none', none], ['many', many]] as const) {
          const { rate } = await measure(seller.target, { ...settings, next: seller.calls[task] });
          rates.set(`${name} ${task}`, [...(rates.get(`${name} ${task}`) ?? []), rate]);
          settings.progress(`${task} with ${name} stored ${Math.round(rate)}/s`);
        }
    }
  } finally {
    await Promise.all([none.stop(), many.stop()]);
  }
  return TASKS.map((task): Result => ({
    name: `${task}_time_with_many_rows`, ours: median(rates.get(`many ${task}`)!), beside: median(rates.get(`none ${task}`)!), unit: 'calls/s', target: FLAT, sense: 'at most',
  }));
}

/** Writes through the store itself, in commits of many rows: the rows are those that calls would have left, the same caller's among them. */
async function stock(data: string, { stored, progress }: Settings): Promise<void> {
  const store = openSqliteStore({ file: join(data, 'adwright.sqlite'), attribution: withinWindow(false) });
  const audit = { at: new Date().toISOString(), principal_id: 'bench', task: 'bench', subjects: [] };
  for (let count = 0; count < stored.manyBuys; count += BUYS_A_COMMIT) {
    await store.commit({ changes: Array.from({ length: BUYS_A_COMMIT }, () => ({ kind: 'put_media_buy' as const, buy: buy() })), audit });
    if (count % 10_000 === 0) progress(`stored ${count} of ${stored.manyBuys} buys`);
  }
  for (let count = 0; count < stored.manyEvents; count += EVENTS_A_COMMIT) {
    const received_at = new Date().toISOString();
    const events = Array.from({ length: EVENTS_A_COMMIT }, () => {
      const event_id = randomUUID();
      return { event_id, event_type: 'purchase', event_time: received_at, event: { event_id, event_type: 'purchase', event_time: received_at, custom_data: { value: 1, currency: 'USD' } } };
    });
    await store.commit({ changes: [{ kind: 'record_events', batch: { principal_id: 'bench', library: LIBRARY, event_source_id: 'site', received_at, events: events as never } }], audit });
    if (count % 200_000 === 0) progress(`stored ${count} of ${stored.manyEvents} events`);
  }
  await store.close();
}

const LIBRARY = 'acct_stocked';

function buy(): MediaBuyRecord {
  const media_buy_id = `mb_${randomUUID()}`;
  const now = new Date().toISOString();
  return {
    media_buy_id, principal_id: 'bench', library: LIBRARY, account_id: LIBRARY, row_version: 0, revision: 1, status: 'active', currency: 'USD',
    start_time: now, end_time: '2099-01-01T00:00:00Z', created_at: now, updated_at: now, confirmed_at: now, history: [],
    packages: ['north', 'south'].map((region) => ({
      package: { package_id: `pkg_${randomUUID()}`, product_id: `display_${region}`, pricing_option_id: 'auction_usd', budget: 1000, bid_price: 3 },
    })),
  } as unknown as MediaBuyRecord;
}
