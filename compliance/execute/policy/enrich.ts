/**
 * The official runner completes the requests of steps that expect no error. Most tasks get defaults that the author's members win
 * over, one level deep; a few get a request of the runner's own making.
 */
import type { JsonObject } from '../../json/object.ts';
import { CONTROLLER } from '../build-request.ts';
import { accountOf, brandOf, domainOf, type EnrichmentContext, naturalAccount } from './enrichment-context.ts';
import { createMediaBuy, readMediaBuys, updateMediaBuy } from './media-buy-enrichment.ts';

type Enrich = (authored: JsonObject, context: EnrichmentContext) => JsonObject;

const ENVELOPE = ['context', 'ext', 'push_notification_config', 'idempotency_key'];

/** Their outcome is final, the envelope aside. */
const REPLACED: ReadonlyMap<string, Enrich> = new Map<string, Enrich>([
  ['create_media_buy', createMediaBuy], ['update_media_buy', updateMediaBuy],
  ['get_media_buys', readMediaBuys], ['get_media_buy_delivery', readMediaBuys],
  [CONTROLLER, controllerCall],
]);

const withAccount: Enrich = (_authored, context) => ({ account: accountOf(context) });
const known = (...names: readonly string[]): Enrich => (_authored, { accumulator }) =>
  Object.fromEntries(names.flatMap((name) => (accumulator[name] === undefined ? [] : [[name, accumulator[name]]])));

/** What the author left out. */
const DEFAULTS: ReadonlyMap<string, Enrich> = new Map<string, Enrich>([
  ['get_products', products],
  ['sync_accounts', (_authored, context) => ({
    accounts: [{ ...naturalAccount(context), billing: 'operator', payment_terms: 'net_30' }],
  })],
  ['list_creatives', withAccount], ['get_account_financials', withAccount], ['sync_audiences', withAccount],
  ['sync_creatives', (_authored, context) => ({
    account: accountOf(context),
    creatives: [{
      creative_id: 'test-creative', name: 'Test creative', assets: {},
      ...(context.accumulator['format_id'] !== undefined && { format_id: context.accumulator['format_id'] }),
    }],
  })],
  ['sync_catalogs', (_authored, context) => ({ account: accountOf(context), catalogs: [{ catalog_id: 'test-catalog', type: 'product' }] })],
  ['sync_event_sources', (_authored, context) => ({
    account: accountOf(context), event_sources: [{ event_source_id: 'test-event-source', name: 'Test event source' }],
  })],
  ['report_usage', (_authored, context) => ({ account: accountOf(context), usage: [] })],
  ['build_creative', creative],
  ['preview_creative', (_authored, { accumulator }) => ({
    request_type: 'single', creative_manifest: accumulator['creative_manifest'] ?? { format_id: accumulator['format_id'], assets: {} },
  })],
  ['get_signals', (authored) => (authored['signal_ids'] === undefined ? { signal_spec: 'All available signals' } : {})],
  ['activate_signal', (_authored, context) => ({
    ...known('signal_agent_segment_id', 'pricing_option_id')({}, context), destinations: [{ type: 'platform', platform: 'test' }],
  })],
  ['log_event', (_authored, { accumulator, runStartedAtMs }) => ({
    event_source_id: accumulator['event_source_id'] ?? 'test-event-source',
    events: [{
      event_id: 'test-event', event_type: 'purchase', event_time: new Date(runStartedAtMs).toISOString(), custom_data: { value: 10, currency: 'USD' },
    }],
  })],
  ['sync_governance', (_authored, context) => ({
    accounts: [{
      account: accountOf(context),
      governance_agents: [{ url: 'https://governance.test.example', authentication: { schemes: ['Bearer'], credentials: 'test'.repeat(8) } }],
    }],
  })],
  ['sync_plans', (_authored, context) => ({ plans: [{ plan_id: context.accumulator['plan_id'] ?? 'test-plan', brand: brandOf(context) }] })],
  ['check_governance', (_authored, context) => ({ ...known('plan_id', 'governance_context')({}, context), caller: `https://${domainOf(context)}` })],
  ['get_rights', () => ({ query: 'All available rights', uses: ['likeness'] })],
  ['acquire_rights', (_authored, context) => ({ ...known('rights_id', 'pricing_option_id')({}, context), buyer: brandOf(context) })],
  ['update_rights', known('rights_id')], ['creative_approval', known('rights_id')],
  ['create_content_standards', () => ({ scope: { languages_any: ['en'] } })],
  ['get_content_standards', standards], ['update_content_standards', standards], ['calibrate_content', standards],
  ['validate_content_delivery', standards],
  ['get_brand_identity', (_authored, context) => ({ brand_id: context.accumulator['brand_id'] ?? domainOf(context) })],
  ['si_get_offering', known('offering_id')],
  ['si_initiate_session', (_authored, context) => ({
    intent: 'Test intent', identity: { consent_granted: false }, ...known('offering_id')({}, context),
  })],
  ['si_send_message', (_authored, context) => ({ ...known('session_id')({}, context), message: 'Test message' })],
  ['si_terminate_session', (_authored, context) => ({ ...known('session_id')({}, context), reason: 'user_exit' })],
]);

/** The request that the official runner builds from the author's. Tasks that it knows nothing of go out as authored. */
export function enriched(task: string, authored: JsonObject, context: EnrichmentContext): JsonObject {
  const replace = REPLACED.get(task);
  if (replace === undefined) return { ...DEFAULTS.get(task)?.(authored, context), ...authored };
  const envelope = ENVELOPE.filter((key) => authored[key] !== undefined).map((key) => [key, authored[key]]);
  return { ...replace(authored, context), ...Object.fromEntries(envelope) };
}

function products(authored: JsonObject, context: EnrichmentContext): JsonObject {
  const refines = authored['refine'] !== undefined && context.accumulator['products'] !== undefined;
  if (refines) return { brand: brandOf(context), account: accountOf(context) };
  return { buying_mode: 'brief', brief: 'Show me all available advertising products across all channels', brand: brandOf(context) };
}

function creative(authored: JsonObject, context: EnrichmentContext): JsonObject {
  const format = context.accumulator['format_id'];
  return {
    ...(!Array.isArray(authored['target_format_ids']) && format !== undefined && { target_format_id: format }), brand: brandOf(context),
    message: 'A test creative', quality: 'draft', include_preview: true,
  };
}

/** The sandbox account takes the place of whatever the author wrote. */
function controllerCall(authored: JsonObject, context: EnrichmentContext): JsonObject {
  const account = accountOf(context);
  const operator = account['account_id'] === undefined && account['operator'] === undefined ? { operator: domainOf(context) } : {};
  return { scenario: 'list_scenarios', ...authored, account: { ...account, ...operator, sandbox: true } };
}

function standards(_authored: JsonObject, { accumulator }: EnrichmentContext): JsonObject {
  const id = accumulator['content_standards_id'];
  return id === undefined ? {} : { standards_id: id };
}
