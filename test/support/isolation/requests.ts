/** For each task requests that a party may make of its own things, between them with every place at which one may be named. */
import type { WireTask } from '../../../src/protocol/wire/index.ts';
import type { Kind } from './places.ts';

export type Json = Record<string, unknown>;

/** What a party owns, by what requests call it. */
export type Owned = Readonly<Record<Kind, string>>;

export const KEY = 'probe-0123456789abcdef';
const PERIOD = { start: '2026-11-01T00:00:00Z', end: '2026-11-20T00:00:00Z' };
const FORMAT = { agent_url: 'https://seller.example/mcp', id: 'display_300x250' };
const ASSETS = { image: { asset_type: 'image', url: 'https://cdn.example/a.png', width: 300, height: 250 } };
const webhook = (operation_id: string): Json => ({ url: 'https://buyer.example/hook', operation_id });
const MANIFEST = { format_id: FORMAT, assets: ASSETS };

const creative = (o: Owned): Json => ({ creative_id: o.creative, name: 'A banner', format_id: FORMAT, assets: ASSETS });
const line = (o: Owned): Json => ({
  budget: 1000, creative_assignments: [{ creative_id: o.creative }], targeting_overlay: { audience_include: [o.audience], audience_exclude: [o.audience] },
  optimization_goals: [{ kind: 'event', event_sources: [{ event_source_id: o.event_source, event_type: 'purchase' }] }], catalogs: [{ type: 'product', catalog_id: o.catalog, ids: [o.item] }],
});
const newLine = (o: Owned): Json => ({ product_id: 'everything', pricing_option_id: 'auction', ...line(o) });
/** Of the places below, this seller targets by none. */
const catchments = (o: Owned): Json => ({ targeting_overlay: { store_catchments: [{ catalog_id: o.catalog }] } });
const order = (o: Owned): Json => ({
  idempotency_key: KEY, account: { account_id: o.account }, brand: { domain: 'trailandtent.example' }, start_time: '2026-12-11T00:00:00Z', end_time: '2027-01-11T00:00:00Z', push_notification_config: webhook(o.operation),
});
const change = (o: Owned): Json => ({ idempotency_key: KEY, account: { account_id: o.account }, media_buy_id: o.media_buy, push_notification_config: webhook(o.operation) });
const account = (o: Owned): Json => ({ account: { account_id: o.account } });
const page = (o: Owned): Json => ({ pagination: { max_results: 1, cursor: o.cursor } });
const feed = (o: Owned): Json => ({ ...account(o), idempotency_key: KEY });

export const REQUESTS: Readonly<Record<Exclude<WireTask, 'comply_test_controller'>, (o: Owned) => readonly Json[]>> = {
  get_adcp_capabilities: () => [{}],
  sync_accounts: (o) => [{
    idempotency_key: KEY, push_notification_config: webhook(o.operation),
    accounts: [{ account: { account_id: o.account }, notification_configs: [{ subscriber_id: o.subscriber, url: 'https://buyer.example/hook', event_types: ['creative.status_changed'], active: false }] }],
  }],
  list_accounts: (o) => [account(o), page(o)],
  sync_governance: (o) => [{ idempotency_key: KEY, accounts: [{ ...account(o), governance_agents: [{ url: 'https://governance.example', authentication: { schemes: ['Bearer'], credentials: 'a secret of more than thirty-two letters' } }] }] }],
  get_account_financials: (o) => [account(o)],
  report_usage: (o) => [{ idempotency_key: KEY, reporting_period: PERIOD, usage: [{ ...account(o), vendor_cost: 12, currency: 'USD', media_buy_id: o.media_buy, creative_id: o.creative }] }],
  provide_performance_feedback: (o) => [{ ...feed(o), media_buy_id: o.media_buy, package_id: o.package, creative_id: o.creative, measurement_period: PERIOD, performance_index: 1.2 }],
  get_products: (o) => [
    { buying_mode: 'brief', brief: 'display for hikers', brand: { domain: 'trailandtent.example' }, ...account(o), catalog: { type: 'product', catalog_id: o.catalog, ids: [o.item] }, push_notification_config: webhook(o.operation) },
    { buying_mode: 'refine', ...account(o), refine: [{ scope: 'proposal', proposal_id: o.proposal, action: 'include' }] },
    { buying_mode: 'wholesale', ...account(o), ...page(o) },
  ],
  list_creative_formats: (o) => [{ ...account(o), ...page(o) }],
  get_signals: (o) => [{ ...account(o), discovery_mode: 'wholesale', ...page(o), push_notification_config: webhook(o.operation) }],
  validate_input: (o) => [{ ...account(o), manifest: MANIFEST }],
  create_media_buy: (o) => [
    { ...order(o), packages: [newLine(o)] },
    { ...order(o), packages: [{ product_id: 'everything', pricing_option_id: 'auction', budget: 1000, creatives: [creative(o)] }] },
    { ...order(o), packages: [{ product_id: 'everything', pricing_option_id: 'auction', budget: 1000, ...catchments(o) }] },
    { ...order(o), proposal_id: o.proposal, total_budget: { amount: 5000, currency: 'USD' }, io_acceptance: { io_id: o.insertion_order, accepted_at: '2026-11-20T11:00:00Z', signatory: 'A. Alder' } },
    { ...order(o), plan_id: o.plan, packages: [{ product_id: 'everything', pricing_option_id: 'auction', budget: 1000 }] },
  ],
  update_media_buy: (o) => [
    { ...change(o), packages: [{ package_id: o.package, ...line(o) }] },
    { ...change(o), packages: [{ package_id: o.package, creatives: [creative(o)] }] },
    { ...change(o), packages: [{ package_id: o.package, ...catchments(o) }] },
    { ...change(o), new_packages: [newLine(o)] },
    { ...change(o), new_packages: [{ product_id: 'everything', pricing_option_id: 'auction', budget: 1000, creatives: [creative(o)] }] },
    { ...change(o), new_packages: [{ product_id: 'everything', pricing_option_id: 'auction', budget: 1000, ...catchments(o) }] },
  ],
  get_media_buys: (o) => [{ ...account(o), media_buy_ids: [o.media_buy] }, { ...account(o), ...page(o) }],
  get_media_buy_delivery: (o) => [{ ...account(o), media_buy_ids: [o.media_buy] }],
  sync_creatives: (o) => [{
    ...feed(o), creatives: [creative(o)], creative_ids: [o.creative], assignments: [{ creative_id: o.creative, package_id: o.package }], push_notification_config: webhook(o.operation),
  }],
  list_creatives: (o) => [
    { ...account(o), filters: { creative_ids: [o.creative], assigned_to_packages: [o.package], media_buy_ids: [o.media_buy] } },
    { filters: { accounts: [{ account_id: o.account }] } }, { ...account(o), ...page(o) },
  ],
  preview_creative: (o) => [
    { ...account(o), request_type: 'single', creative_manifest: MANIFEST, creative_id: o.creative }, { ...account(o), request_type: 'batch', requests: [{ creative_manifest: MANIFEST }] },
  ],
  sync_event_sources: (o) => [{ ...feed(o), event_sources: [{ event_source_id: o.event_source, event_types: ['purchase'] }] }],
  log_event: (o) => [{
    ...feed(o), event_source_id: o.event_source,
    events: [{ event_id: o.event, event_type: 'purchase', event_time: '2026-11-20T11:00:00Z', custom_data: { value: 5, currency: 'USD', content_ids: [o.item] } }],
  }],
  sync_audiences: (o) => [{ ...feed(o), audiences: [{ audience_id: o.audience, add: [{ external_id: o.member, hashed_email: 'b'.repeat(64) }], remove: [{ external_id: o.member, hashed_email: 'b'.repeat(64) }] }] }],
  sync_catalogs: (o) => [{ ...feed(o), catalogs: [{ catalog_id: o.catalog, type: 'product', ids: [o.item], items: [{ item_id: 'tent', title: 'A tent' }] }], catalog_ids: [o.catalog], push_notification_config: webhook(o.operation) }],
  get_task_status: (o) => [{ task_id: o.task, ...account(o) }, { task_id: o.task }],
  tasks_get: (o) => [{ task_id: o.task, ...account(o) }, { task_id: o.task }],
  list_tasks: (o) => [{ filters: { task_ids: [o.task] }, ...account(o) }, { ...account(o), ...page(o) }],
};

/** The request with another value at a path; what leads there is made where it is missing. Undefined where it would be made. */
export function withAt(request: Json, path: string, value: string, list: boolean): Json | undefined {
  const parts = path.replaceAll('[]', '.0').split('.');
  const copy = structuredClone(request);
  let node: unknown = copy;
  for (const part of parts.slice(0, -1)) node = (node as Json | undefined)?.[part];
  const last = parts.at(-1)!;
  if (typeof node !== 'object' || node === null || !(last in node)) return undefined;
  (node as Json)[last] = list ? [value] : value;
  return copy;
}
