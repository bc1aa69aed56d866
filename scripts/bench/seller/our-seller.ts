/** Our seller, started and stocked: an account, a media buy with delivery to come, an event source; and the calls that are timed. */
import { randomUUID } from 'node:crypto';
import { Agent, fetch } from 'undici';
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
  /** What it answers to each of the calls, without the envelope. */
  documents(): Promise<Readonly<Record<keyof Calls, object>>>;
  call(task: string, request: object): Promise<Readonly<Record<string, unknown>>>;
  stop(): Promise<void>;
}

type Start = (config: string, data: string) => Promise<Started>;

/** @param stock fills the data folder before the seller opens it */
export async function ourSeller(stock: (data: string) => Promise<void> = async () => {}, start: Start = (...args) => started('adwright.ts', args)): Promise<OurSeller> {
  const folder = operatorFolder();
  await stock(folder.data);
  const server = await start(folder.config, folder.data);
  const target = { ...server, token: KEY };
  const call = (task: string, request: object) => answerOf(target, task, request);
  await call('sync_accounts', { idempotency_key: randomUUID(), accounts: [{ ...ACCOUNT, billing: 'operator' }] });
  await call('sync_event_sources', { idempotency_key: randomUUID(), account: ACCOUNT, event_sources: [{ event_source_id: SOURCE, name: 'Site', event_types: ['purchase'] }] });
  const { media_buy_id } = await call('create_media_buy', order());
  const requests: Readonly<Record<keyof Calls, () => object>> = {
    get_adcp_capabilities: () => ({}),
    get_products: () => ({ buying_mode: 'wholesale' }),
    get_media_buys: () => ({ media_buy_ids: [media_buy_id] }),
    get_media_buy_delivery: () => ({ media_buy_ids: [media_buy_id] }),
    create_media_buy: order,
  };
  const tasks = Object.keys(requests) as (keyof Calls)[];
  return {
    target, server, call,
    calls: Object.fromEntries(tasks.map((task) => [task, () => toolCall(task, requests[task]())])) as unknown as Calls,
    documents: async () => Object.fromEntries(await Promise.all(tasks.map(async (task) => [task, bodyOf(await call(task, requests[task]()))]))) as Record<keyof Calls, object>,
    async stop() {
      await server.stop();
      folder.remove();
    },
  };
}

const bodyOf = ({ status: _status, adcp_version: _version, ...body }: Readonly<Record<string, unknown>>): object => body;

export const order = () => ({
  idempotency_key: randomUUID(), account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-01-01T00:00:00Z',
  packages: ['north', 'south'].map((region) => ({ product_id: `display_${region}`, pricing_option_id: 'auction_usd', budget: 1000, bid_price: 3 })),
});

/** A connection a call: between two of them we may be too busy to notice that the server has closed an idle one. */
const dispatcher = new Agent({ pipelining: 0 });

/** @throws Error for an answer that is no success */
export async function answerOf({ url, token }: Target, task: string, request: object): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(url, {
    method: 'POST', dispatcher, body: toolCall(task, request),
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', authorization: `Bearer ${token}` },
  });
  const { result } = (await response.json()) as { result?: { isError?: boolean; structuredContent: Record<string, unknown> } };
  if (result === undefined || result.isError === true) throw new Error(`${task} was refused: ${JSON.stringify(result?.structuredContent['adcp_error'])}`);
  return result.structuredContent;
}
