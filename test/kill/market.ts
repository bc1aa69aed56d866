/** Where the buyers of a run buy, and the buy that counts what the shops report. */
import type { Tool } from '../support/mcp-call.ts';
import type { Chance } from './chance.ts';
import type { Market } from './habits.ts';
import type { Json, Operation } from './operation.ts';

/** @param hooks where webhooks are taken */
export async function marketOf(account: Json, call: Tool, chance: Chance, hooks: string | undefined): Promise<Market> {
  const write = (task: string, request: object) => call(task, { idempotency_key: chance.uuid(), account, ...request });
  if (account['sandbox'] === undefined) await call('sync_accounts', { idempotency_key: chance.uuid(), accounts: [{ ...account, billing: 'operator' }] });
  const event_source_id = 'kill-run-shop';
  await write('sync_event_sources', { event_sources: [{ event_source_id, name: 'Shop', event_types: ['purchase'] }] });
  const { document } = await call('get_products', { account, buying_mode: 'wholesale' });
  const products = document['products'] as { product_id: string; conversion_tracking?: object; pricing_options: { pricing_option_id: string }[] }[];
  const { product_id, pricing_options } = products.find((each) => each.conversion_tracking !== undefined)!;
  return { account, terms: { product_id, pricing_option_id: pricing_options[0]!.pricing_option_id }, event_source_id, ...(hooks ? { hooks } : {}) };
}

export async function bought({ account, terms, event_source_id }: Market, call: Tool, chance: Chance): Promise<Operation> {
  const request = {
    idempotency_key: chance.uuid(), account, brand: account['brand'], start_time: 'asap', end_time: '2099-12-31T23:59:59Z',
    packages: [{ ...terms, budget: 5000, optimization_goals: [{ kind: 'event', event_sources: [{ event_source_id, event_type: 'purchase' }], target: { kind: 'cost_per', value: 10 } }] }],
  };
  const { document, isError } = await call('create_media_buy', request);
  if (isError) throw new Error(`nothing can be bought that counts conversions: ${JSON.stringify(document)}`);
  return { task: 'create_media_buy', request, acknowledged: document, sends: 1, number: 0 };
}
