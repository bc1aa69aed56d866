/** Two parties at one seller as in production, each with one of everything. What is stocked once is copied for each question. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Principal } from '../../../src/domain/caller.ts';
import { withinWindow } from '../../../src/domain/ports/attribution-policy.ts';
import type { Store } from '../../../src/domain/ports/store.ts';
import { pipeline, type Pipeline } from '../../../src/pipeline/pipeline.ts';
import { toolboxFor } from '../../../src/pipeline/served-tasks.ts';
import type { TaskName } from '../../../src/protocol/tasks.ts';
import { openSqliteStore } from '../../../src/store/sqlite/store.ts';
import { catalogueOf, PRODUCTS, testDesk, testProduct, type TestDesk } from '../desk.ts';
import { accountRecord } from '../library-records.ts';
import { testSignal } from '../signals.ts';
import type { Json, Owned } from './requests.ts';

/** How the things of one party are foreign to the other. */
export const RELATIONS = ['another principal', 'the same principal, and a credential for other accounts'] as const;
export type Relation = (typeof RELATIONS)[number];

export interface Party {
  readonly principal: Principal;
  readonly owned: Owned;
}

export interface Seller {
  readonly desk: TestDesk;
  readonly pipeline: Pipeline;
  /** The methods of the store that were asked, in their order. */
  readonly asked: string[];
  ask(task: string, request: Json, principal: Principal): Promise<Json>;
  close(): Promise<void>;
}

export interface World {
  readonly own: Party;
  readonly other: Party;
  /** A seller of its own, as it was stocked. */
  open(): Promise<Seller>;
  close(): void;
}

const EVERYTHING = testProduct('everything', { catalog_types: ['product'], conversion_tracking: { action_sources: ['website'] } as never });

/** @param alone without anything of the other party; it is known all the same */
export async function worldOf(relation: Relation, alone = false): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'adwright-isolation-'));
  const stocked = join(folder, 'stocked.sqlite');
  const names = relation === 'another principal' ? { own: 'birch', other: 'alder' } : { own: 'birch', other: 'birch' };
  const first = await sellerAt(stocked, 1);
  const other = await stock(first, names.other, 'alder', alone);
  const own = await stock(first, names.own, 'birch', false);
  await first.close();
  const limited = relation === 'another principal' ? own : { ...own, principal: { ...own.principal, grant: { account_ids: ['acct_birch'] } } };
  let copies = 0;
  return {
    own: limited, other,
    async open() {
      const file = join(folder, `copy-${(copies += 1)}.sqlite`);
      copyFileSync(stocked, file);
      const seller = await sellerAt(file, 1000);
      return { ...seller, async close() { await seller.close(); for (const part of ['', '-wal', '-shm', '.lock']) rmSync(file + part, { force: true }); } };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function sellerAt(file: string, from: number): Promise<Seller> {
  let count = from;
  const asked: string[] = [];
  const store = openSqliteStore({ file, attribution: withinWindow(true) });
  const plain = testDesk({
    store: watched(store, asked), ids: { next: (prefix) => `${prefix}_${(count += 1)}` }, review: { buys: 'guaranteed', briefs: false },
    catalogue: { ...catalogueOf([EVERYTHING, ...PRODUCTS]), signals: async () => [testSignal('campers'), testSignal('hikers')] },
    seller: { agent_url: 'https://seller.example/mcp', name: 'Test seller', publisher_domain: 'daily-trail.example', supported_billing: ['operator', 'agent'], payment_terms: ['net_30'], signed_insertion_orders: true },
  });
  const toolbox = toolboxFor(plain.features);
  const desk = { ...plain, served: new Set(Object.keys(toolbox) as TaskName[]) };
  const calls = pipeline(desk, toolbox, { reportBug: (error) => { throw error; } });
  return {
    desk, pipeline: calls, asked, close: () => store.close(),
    ask: async (task, request, principal) => (await calls.dispatch({ task, request, principal })).document as Json,
  };
}

function watched(store: Store, asked: string[]): Store {
  return new Proxy(store, {
    get(target, name, receiver) {
      const member = Reflect.get(target, name, receiver) as unknown;
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => { asked.push(String(name)); return (member as (...given: unknown[]) => unknown).apply(target, args); };
    },
  });
}

/** One of everything, under names that tell whose it is. @param alone the account only */
async function stock({ desk, ask }: Seller, principal_id: string, name: string, alone: boolean): Promise<Party> {
  const principal: Principal = { principal_id, mode: 'live' };
  const account_id = `acct_${name}`;
  const mine: Record<string, string> = Object.fromEntries(['creative', 'audience', 'event_source', 'catalog', 'member', 'event', 'item', 'subscriber', 'operation', 'plan'].map((kind) => [kind, `${kind}_of_${name}`]));
  const named = { ...mine, account: account_id, idempotency_key: `stock-${name}-1-0123456789` };
  if (alone) return { principal, owned: named as unknown as Owned };
  for (const id of [account_id, `second_${account_id}`])
    await desk.store.commit({
      changes: [{ kind: 'put_account', account: accountRecord(id, { principal_id, operator: `${id.replaceAll('_', '-')}.example`, name: id }) }],
      audit: { at: desk.clock.at, principal_id, task: 'test', subjects: [] },
    });
  let keys = 0;
  const done = async (task: string, request: Json): Promise<Json> => {
    const document = await ask(task, { idempotency_key: `stock-${name}-${(keys += 1)}-0123456789`, account: { account_id }, ...request }, principal);
    if (document['adcp_error'] !== undefined) throw new Error(`${task} for ${name}: ${JSON.stringify(document['adcp_error'])}`);
    return document;
  };
  const banner = (id: string): Json => ({ creative_id: id, name: id, format_id: { agent_url: 'https://seller.example/mcp', id: 'display_300x250' }, assets: { image: { asset_type: 'image', url: 'https://cdn.example/a.png', width: 300, height: 250 } } });
  await done('sync_creatives', { creatives: [banner(mine['creative']!), banner(`second_${mine['creative']}`)] });
  await done('sync_event_sources', { event_sources: [{ event_source_id: mine['event_source'], event_types: ['purchase'] }] });
  await done('sync_audiences', { audiences: [{ audience_id: mine['audience'], add: [{ external_id: mine['member'], hashed_email: 'a'.repeat(64) }] }] });
  await done('sync_catalogs', { catalogs: [{ catalog_id: mine['catalog'], type: 'product', items: [{ item_id: mine['item'], title: 'A tent', price: { amount: 100, currency: 'USD' } }] }] });
  await done('log_event', { event_source_id: mine['event_source'], events: [{ event_id: mine['event'], event_type: 'purchase', event_time: '2026-11-20T11:00:00Z', custom_data: { value: 5, currency: 'USD' } }] });
  // The same key, where a call is about no account in particular.
  await done('sync_accounts', { idempotency_key: named.idempotency_key, account: undefined, accounts: [{ account: { account_id }, notification_configs: [{ subscriber_id: mine['subscriber'], url: 'https://buyer.example/hook', event_types: ['creative.status_changed'], active: false }] }] });
  const order = { brand: { domain: 'trailandtent.example' }, start_time: '2026-12-11T00:00:00Z', end_time: '2027-01-11T00:00:00Z' };
  const buy = async (product_id: string, pricing_option_id: string) =>
    done('create_media_buy', { ...order, packages: [{ product_id, pricing_option_id, budget: 1000, creative_assignments: [{ creative_id: mine['creative'] }] }] });
  const { media_buy_id, packages } = await buy('everything', 'auction') as { media_buy_id: string; packages: { package_id: string }[] };
  await buy('everything', 'auction');
  const { task_id } = await buy('display_fixed', 'fixed') as { task_id: string };
  await buy('display_fixed', 'fixed');
  const drafted = await done('get_products', { buying_mode: 'brief', brief: 'display for hikers' }) as { proposals: { proposal_id: string }[] };
  const { proposal_id } = drafted.proposals[0]!;
  const final = await done('get_products', { buying_mode: 'refine', refine: [{ scope: 'proposal', proposal_id, action: 'finalize' }] }) as { proposals: { insertion_order?: { io_id: string } }[] };
  const io_id = final.proposals[0]?.insertion_order?.io_id;
  if (io_id === undefined) throw new Error(`no insertion order for ${name}: ${JSON.stringify(final).slice(0, 400)}`);
  return { principal, owned: { ...named, media_buy: media_buy_id, package: packages[0]!.package_id, task: task_id, proposal: proposal_id, insertion_order: io_id, cursor: '' } as unknown as Owned };
}
