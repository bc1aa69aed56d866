/** A desk for tests: a real store in memory, a clock that is set, counted ids, a small catalogue, strict accounts. */
import type { AccountRecord } from '../../src/domain/account.ts';
import type { Caller } from '../../src/domain/caller.ts';
import { ALL_FEATURES } from '../../src/domain/features.ts';
import { withinWindow } from '../../src/domain/ports/attribution-policy.ts';
import type { Catalogue } from '../../src/domain/ports/catalogue.ts';
import type { Change } from '../../src/domain/ports/store.ts';
import { strictAccountScope } from '../../src/domain/strict-account-scope.ts';
import { sealedCursors } from '../../src/outbound/sealed-cursors.ts';
import { aesVault } from '../../src/outbound/vault.ts';
import type { Product } from '../../src/protocol/wire/core/product.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import type { Decision, Desk } from '../../src/usecases/desk.ts';

export interface TestClock {
  /** ISO 8601; set it to move time. */
  at: string;
  now(): Date;
  sleep(ms: number): Promise<void>;
}

export function testClock(at = '2026-11-20T12:00:00.000Z'): TestClock {
  const clock: TestClock = { at, now: () => new Date(clock.at), sleep: () => new Promise((resolve) => { setImmediate(resolve); }) };
  return clock;
}

const REPORTING: Product['reporting_capabilities'] = {
  available_reporting_frequencies: ['daily'], expected_delay_minutes: 60, timezone: 'UTC', supports_webhooks: false,
  available_metrics: ['impressions', 'clicks', 'spend'], date_range_support: 'date_range',
};

/** A product that a test completes with what it is about. */
export function testProduct(product_id: string, more: Partial<Product> = {}): Product {
  return {
    product_id, name: `Product ${product_id}`, description: `Inventory of ${product_id}.`, delivery_type: 'non_guaranteed', channels: ['display'],
    publisher_properties: [{ publisher_domain: 'daily-trail.example', selection_type: 'all' }],
    format_ids: [{ agent_url: 'https://seller.example/mcp', id: 'display_300x250' }],
    pricing_options: [{ pricing_option_id: 'auction', pricing_model: 'cpm', currency: 'USD', floor_price: 2 }],
    reporting_capabilities: REPORTING, ...more,
  };
}

export const PRODUCTS: readonly Product[] = [
  testProduct('display_auction'),
  testProduct('display_fixed', { delivery_type: 'guaranteed', pricing_options: [{ pricing_option_id: 'fixed', pricing_model: 'cpm', currency: 'USD', fixed_price: 8, min_spend_per_package: 100 }] }),
  testProduct('video_euro', {
    channels: ['olv'], format_ids: [{ agent_url: 'https://seller.example/mcp', id: 'video_30s' }],
    pricing_options: [{ pricing_option_id: 'eur', pricing_model: 'cpcv', currency: 'EUR', fixed_price: 0.05 }],
    reporting_capabilities: { ...REPORTING, available_metrics: ['impressions', 'clicks', 'spend', 'completed_views'] },
  }),
];

export const catalogueOf = (products: readonly Product[]): Catalogue => ({
  products: async () => products,
  product: async (_caller, product_id) => products.find((product) => product.product_id === product_id),
  formats: async () => [],
});

export interface TestDesk extends Desk {
  readonly clock: TestClock;
}

export function testDesk(more: Partial<Omit<Desk, 'clock'>> & { clock?: TestClock } = {}): TestDesk {
  let count = 0;
  return {
    seller: {
      agent_url: 'https://seller.example/mcp', name: 'Test seller', publisher_domain: 'daily-trail.example',
      supported_billing: ['operator', 'agent'], payment_terms: ['net_30', 'net_60'],
    },
    features: ALL_FEATURES, catalogue: catalogueOf(PRODUCTS), scope: strictAccountScope, vault: aesVault(Buffer.alloc(32, 1)), cursors: sealedCursors(Buffer.alloc(32, 1)),
    ids: { next: (prefix) => `${prefix}_${(count += 1)}` }, served: new Set(), since: '2026-11-20T00:00:00.000Z',
    store: more.store ?? openSqliteStore({ file: ':memory:', attribution: withinWindow(true) }),
    ...more, clock: more.clock ?? testClock(),
  };
}

export const PRINCIPAL = { principal_id: 'buyer', mode: 'live' } as const;

/** An account of the test's buyer, stored, and the caller that acts on it. */
export async function callerWithAccount(desk: Desk, more: Partial<AccountRecord> = {}): Promise<Caller & { readonly account: AccountRecord }> {
  const account: AccountRecord = {
    account_id: 'acct_test', principal_id: PRINCIPAL.principal_id, library: 'acct_test', row_version: 0, brand: { domain: 'trailandtent.example' },
    operator: 'northlight-media.example', sandbox: false, name: 'Trail & Tent', status: 'active', billing: 'operator', account_scope: 'operator_brand',
    created_at: desk.clock.now().toISOString(), ...more,
  };
  await record(desk, [{ kind: 'put_account', account }]);
  const stored = (await desk.store.account(account.principal_id, account.account_id))!;
  return { principal: { ...PRINCIPAL, principal_id: account.principal_id }, account: stored, reach: { principal_id: account.principal_id, library: account.library, wide: false } };
}

/** Commits what a use case decided, as the pipeline would. @throws Error when it refused */
export async function record<Body>(desk: Desk, decision: readonly Change[] | Decision<Body>): Promise<Body> {
  if ('kind' in decision && decision.kind === 'refused') throw new Error(`refused: ${JSON.stringify(decision.errors)}`);
  const changes = 'kind' in decision ? (decision.changes ?? []) : decision;
  const outcome = await desk.store.commit({ changes, audit: { at: desk.clock.now().toISOString(), principal_id: 'buyer', task: 'test', subjects: [] } });
  if (outcome !== 'committed') throw new Error('the commit was stale');
  return ('kind' in decision ? decision.body : undefined) as Body;
}

/** The first error of a refusal. @throws Error when there was none */
export function refusalOf(decision: Decision<unknown>) {
  if (decision.kind !== 'refused') throw new Error('expected a refusal');
  return decision.errors[0];
}
