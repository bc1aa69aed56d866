/** What the official client adds to a request, renames and drops before it sends it. */
import type { SchemaCatalogue } from '../../../src/protocol/schema-catalogue.ts';
import type { Credential } from '../../credential.ts';
import { isObject, type JsonObject } from '../../json/object.ts';
import { readableSchema } from '../../readable-schema.ts';

const LEGACY_CREATIVE: ReadonlySet<string> = new Set(['create_media_buy', 'update_media_buy', 'sync_creatives', 'list_creatives', 'get_media_buys']);
const ENVELOPE: ReadonlySet<string> = new Set([
  'adcp_major_version', 'adcp_version', 'context', 'ext', 'governance_context', 'push_notification_config', 'context_id', 'idempotency_key',
]);
const DROPPED_FROM_PRODUCTS = ['feedback', 'product_ids', 'proposal_id'];

/** The token goes out a second time, under a name of AdCP's own. */
export function clientHeaders(credential: Credential): Readonly<Record<string, string>> {
  return credential.kind === 'bearer' ? { 'x-adcp-auth': credential.token } : {};
}

export interface ClientRequest {
  readonly payload: JsonObject;
  /** Members that neither the seller's tool nor the release knows, and that were not sent. */
  readonly stripped: readonly string[];
}

/**
 * The request as the official client sends it.
 * @param inputs the members that the seller's tool lists for its input, undefined when it lists none
 */
export function asClientSends(
  task: string, request: JsonObject, inputs: ReadonlySet<string> | undefined, schemas: SchemaCatalogue | undefined
): ClientRequest {
  const renamed = normalized(task, request);
  const hinted = LEGACY_CREATIVE.has(task) ? withCreativeHint(renamed) : renamed;
  const official = readableSchema(schemas, schemas?.refOf(task, 'request'))?.['properties'];
  if (inputs === undefined || !isObject(official)) return { payload: hinted, stripped: [] };
  const isKnown = (key: string): boolean => ENVELOPE.has(key) || inputs.has(key) || Object.hasOwn(official, key);
  return {
    payload: Object.fromEntries(Object.entries(hinted).filter(([key]) => isKnown(key))),
    stripped: Object.keys(hinted).filter((key) => !isKnown(key)),
  };
}

function normalized(task: string, request: JsonObject): JsonObject {
  let renamed = moved(request, 'campaign_ref', 'buyer_campaign_ref');
  if (typeof renamed['account_id'] === 'string' && renamed['account'] === undefined) {
    const { account_id: id, ...rest } = renamed;
    renamed = { ...rest, account: { account_id: id } };
  }
  renamed = listed(listed(renamed, 'catalog', 'catalogs'), 'optimization_goal', 'optimization_goals');
  if (task === 'activate_signal') return moved(renamed, 'signal_id', 'signal_agent_segment_id');
  if (task !== 'get_products') return renamed;
  const kept = Object.fromEntries(Object.entries(renamed).filter(([key]) => !DROPPED_FROM_PRODUCTS.includes(key)));
  return { buying_mode: kept['refine'] !== undefined ? 'refine' : 'brief', ...kept };
}

function moved(request: JsonObject, from: string, to: string): JsonObject {
  if (request[from] === undefined || request[to] !== undefined) return request;
  const { [from]: value, ...rest } = request;
  return { ...rest, [to]: value };
}

function listed(request: JsonObject, from: string, to: string): JsonObject {
  if (request[from] === undefined || request[to] !== undefined) return request;
  const { [from]: value, ...rest } = request;
  return { ...rest, [to]: [value] };
}

function withCreativeHint(request: JsonObject): JsonObject {
  const ext = isObject(request['ext']) ? request['ext'] : {};
  const adcp = isObject(ext['adcp']) ? ext['adcp'] : {};
  return { ...request, ext: { ...ext, adcp: { creative_wire: 'legacy', ...adcp } } };
}
