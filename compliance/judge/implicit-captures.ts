/** What a successful task leaves in the storyboard's context without the author asking for it. */
import { isObject, type JsonObject, own } from '../json/object.ts';
import { legacyMediaBuyStatus } from './media-buy-status.ts';

type Captured = Readonly<Record<string, unknown>>;

const CAPTURES: Readonly<Record<string, (data: JsonObject) => Captured>> = {
  sync_accounts: (data) => {
    const account = first(data['accounts']);
    const { brand, operator } = account;
    const natural = { ...(brand !== undefined && { brand }), ...(operator !== undefined && { operator }) };
    return { account_id: account['account_id'], account_status: account['status'], account: account === NOTHING ? undefined : natural };
  },
  list_accounts: (data) => ({ account_id: first(data['accounts'])['account_id'] }),
  get_products: (data) => ({
    products: list(data['products']), product_id: first(data['products'])['product_id'],
    proposal_id: first(data['proposals'])['proposal_id'],
  }),
  create_media_buy: (data) => mediaBuy('create_media_buy', data),
  update_media_buy: (data) => mediaBuy('update_media_buy', data),
  get_media_buys: (data) => (own(data['pagination'], 'has_more') === true ? {} : {
    media_buy_id: first(data['media_buys'])['media_buy_id'],
    media_buy_status: first(data['media_buys'])['media_buy_status'] ?? first(data['media_buys'])['status'],
  }),
  list_creative_formats: (data) => ({ formats: list(data['formats']), format_id: first(data['formats'])['format_id'] }),
  build_creative: (data) => pick(data, 'creative_manifest', 'creative_manifests', 'format_id', 'creatives', 'variants', 'build_variant_id'),
  sync_creatives: (data) => ({ creative_results: list(data['creatives']), creative_id: first(data['creatives'])['creative_id'] }),
  list_creatives: (data) => ({ creatives: list(data['creatives']), creative_id: first(data['creatives'])['creative_id'] }),
  preview_creative: (data) => pick(data, 'previews'),
  get_signals: (data) => ({ signals: list(data['signals']), signal_id: first(data['signals'])['signal_id'] }),
  activate_signal: (data) => {
    const deployment = first(data['deployments']);
    return { deployments: list(data['deployments']), activation_key: deployment['activation_key'], deployment_type: deployment['type'] };
  },
  sync_catalogs: (data) => ({ catalogs: list(data['catalogs']), catalog_id: first(data['catalogs'])['catalog_id'] }),
  sync_audiences: (data) => ({ audiences: list(data['audiences']), audience_id: first(data['audiences'])['audience_id'] }),
  sync_event_sources: (data) => ({
    event_sources: list(data['event_sources']), event_source_id: first(data['event_sources'])['event_source_id'],
  }),
  si_initiate_session: (data) => pick(data, 'session_id'),
  si_get_offering: (data) => ({ offering_id: data['offering_id'] ?? own(data['offering'], 'offering_id') }),
  sync_plans: (data) => ({ plan_id: first(data['plans'])['plan_id'] }),
  create_property_list: (data) => ({ property_list_id: own(data['list'], 'list_id'), property_list_name: own(data['list'], 'name') }),
  create_content_standards: (data) => ({ content_standards_id: data['standards_id'] }),
  get_rights: (data) => ({ rights_id: first(data['rights'])['rights_id'] }),
  acquire_rights: (data) => ({ rights_grant_id: data['rights_grant_id'] ?? data['rights_id'], rights_id: data['rights_id'] }),
  sync_governance: (data) => ({ governance_synced: true, governance_response: data }),
  check_governance: (data) => ({
    ...pick(data, 'governance_context', 'check_id', 'plan_id'), governance_status: data['verdict'] ?? data['status'],
  }),
  report_plan_outcome: (data) => ({ outcome_id: data['outcome_id'], outcome_status: data['outcome_state'] }),
};

/** Tasks whose replies leave something in the context. */
export const CAPTURING_TASKS: readonly string[] = Object.keys(CAPTURES);

const NOTHING: JsonObject = {};

/** Keys that the reply fills; members that it lacks fill none. */
export function implicitCaptures(task: string, data: unknown): Captured {
  if (!isObject(data) || !Object.hasOwn(CAPTURES, task)) return {};
  return Object.fromEntries(Object.entries(CAPTURES[task]!(data)).filter(([, value]) => value !== undefined && value !== null));
}

/** Keys that a reply of the task may fill. */
export function implicitKeys(task: string): readonly string[] {
  return Object.hasOwn(CAPTURES, task) ? Object.keys(CAPTURES[task]!(NOTHING)) : [];
}

function mediaBuy(task: string, data: JsonObject): Captured {
  const buy = isObject(data['media_buy']) ? data['media_buy'] : data;
  return {
    media_buy_id: buy['media_buy_id'],
    media_buy_status: buy['media_buy_status'] ?? (buy === data ? legacyMediaBuyStatus(task, data) : buy['status']),
  };
}

const list = (value: unknown): unknown => (Array.isArray(value) ? value : undefined);
const first = (value: unknown): JsonObject => (Array.isArray(value) && isObject(value[0]) ? value[0] : NOTHING);
const pick = (data: JsonObject, ...keys: readonly string[]): Captured => Object.fromEntries(keys.map((key) => [key, data[key]]));
