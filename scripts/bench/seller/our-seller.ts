/** Our seller, started and stocked: an account, a media buy with delivery to come, an event source; and the calls that are timed. */
import { randomUUID } from 'node:crypto';
import { started, type Started } from './child.ts';
import { toolCall, type Target } from './load.ts';
import { KEY, operatorFolder } from './operator.ts';

export const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight.example' };
export const SOURCE = 'site';

/** Bodies of calls, a fresh one every time. */
export type Calls = Readonly<Record<'get_adcp_capabilities' | 'get_products' | 'get_media_buys' | 'get_media_buy_delivery' | 'create_media_buy', () => string>>;

export interface OurSeller {
  readonly target: Target;
  readonly server: Started;
  readonly calls: Calls;
  call(task: string, request: object): Promise<Readonly<Record<string, unknown>>>;
  stop(): Promise<void>;
}

/** @param stock fills the data folder before the seller opens it */
export async function ourSeller(stock: (data: string) => Promise<void> = async () => {}): Promise<OurSeller> {
  const folder = operatorFolder();
  await stock(folder.data);
  const server = await started('adwright.ts', [folder.config, folder.data]);
  const target = { ...server, token: KEY };
  const call = (task: string, request: object) => answerOf(target, task, request);
  await call('sync_accounts', { idempotency_key: randomUUID(), accounts: [{ ...ACCOUNT, billing: 'operator' }] });
  await call('sync_event_sources', { idempotency_key: randomUUID(), account: ACCOUNT, event_sources: [{ event_source_id: SOURCE, name: 'Site', event_types: ['purchase'] }] });
  const { media_buy_id } = await call('create_media_buy', order());
  return {
    target, server, call,
    calls: {
      get_adcp_capabilities: () => toolCall('get_adcp_capabilities', {}),
      get_products: () => toolCall('get_products', { buying_mode: 'wholesale' }),
      get_media_buys: () => toolCall('get_media_buys', { media_buy_ids: [media_buy_id] }),
      get_media_buy_delivery: () => toolCall('get_media_buy_delivery', { media_buy_ids: [media_buy_id] }),
      create_media_buy: () => toolCall('create_media_buy', order()),
    },
    async stop() {
      await server.stop();
      folder.remove();
    },
  };
}

export const order = () => ({
  idempotency_key: randomUUID(), account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-01-01T00:00:00Z',
  packages: ['north', 'south'].map((region) => ({ product_id: `display_${region}`, pricing_option_id: 'auction_usd', budget: 1000, bid_price: 3 })),
});

async function answerOf({ url, token }: Target, task: string, request: object): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(url, {
    method: 'POST', body: toolCall(task, request),
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', authorization: `Bearer ${token}` },
  });
  const { result } = (await response.json()) as { result?: { isError?: boolean; structuredContent: Record<string, unknown> } };
  if (result === undefined || result.isError === true) throw new Error(`${task} was refused: ${JSON.stringify(result?.structuredContent['adcp_error'])}`);
  return result.structuredContent;
}
