/** From a seller's capabilities to the keys that its signatures are verified with: brand.json, the entry of the agent, its key set. */
import { isObject, type JsonObject, own } from '../../json/object.ts';
import { canonicalAgentUrl } from '../../judge/checks/agent-url.ts';
import type { RunEnvironment } from '../run-environment.ts';
import { type FetchedDocument, fetchDocument } from './document.ts';
import type { ProbeFault } from './probe.ts';

export type BrandKeys =
  | { readonly kind: 'keys'; readonly keys: readonly JsonObject[]; readonly document: JsonObject; readonly fetched: FetchedDocument }
  | { readonly kind: 'fault'; readonly fault: ProbeFault; readonly fetched?: FetchedDocument };

const DEFAULT_KEYS_PATH = '/.well-known/jwks.json';

/**
 * Looks the keys up. `fault.code` is `brand_json_unreachable`, `brand_json_malformed` or `agents_jwks_uri_missing`. An agent that
 * names no `jwks_uri` has its keys at the default place of its origin.
 */
export async function fetchBrandKeys(env: RunEnvironment): Promise<BrandKeys> {
  const address = own(env.profile.capabilities?.['identity'], 'brand_json_url');
  if (typeof address !== 'string')
    return fault('brand_json_unreachable', 'identity.brand_json_url', 'is not declared in the capabilities');
  const brand = await fetchDocument(address, env);
  if (brand.kind === 'failed' || !isOk(brand))
    return fault('brand_json_unreachable', address, `cannot be fetched: ${reasonOf(brand)}`, brand);
  if (brand.document === undefined) return fault('brand_json_malformed', address, 'is no JSON object', brand);
  const agents = agentsOf(brand.document);
  const agent = agentEntry(agents, env);
  if (agent === undefined)
    return fault(
      'agents_jwks_uri_missing', 'agents[]', agents.length === 0 ? 'names no agent' : 'names neither this agent nor the keys of a single other',
      brand, agents.slice(0, 10).map((each) => each['url'] ?? null)
    );
  const set = await fetchDocument(keysUrl(agent, env), env);
  const keys = set.kind === 'fetched' && isOk(set) ? own(set.document, 'keys') : undefined;
  if (set.kind === 'failed' || set.document === undefined || !Array.isArray(keys))
    return fault('agents_jwks_uri_missing', set.url, `gives no key set: ${reasonOf(set)}`, set);
  return { kind: 'keys', keys: keys.filter(isObject), document: set.document, fetched: set };
}

/** Where brand.json may list agents: for the brand itself, for its house, for each of the house's brands. */
function agentsOf(document: JsonObject): readonly JsonObject[] {
  const brands = Array.isArray(document['brands']) ? document['brands'] : [];
  return [document, document['house'], ...brands].map((each) => own(each, 'agents')).filter(Array.isArray).flat().filter(isObject);
}

/** The entry of the agent under test. An agent that is judged at another address than its public one is the only one with keys. */
function agentEntry(agents: readonly JsonObject[], { agent, policy }: RunEnvironment): JsonObject | undefined {
  const withKeys = agents.filter((each) => typeof each['jwks_uri'] === 'string');
  if (policy.brandAgent === 'first_with_keys') return withKeys[0];
  const here = canonicalAgentUrl(agent.url);
  return agents.find(({ url }) => typeof url === 'string' && canonicalAgentUrl(url) === here) ?? (withKeys.length === 1 ? withKeys[0] : undefined);
}

function keysUrl(agent: JsonObject, env: RunEnvironment): string {
  const { jwks_uri: keys, url } = agent;
  if (typeof keys === 'string') return keys;
  const home = typeof url === 'string' && URL.canParse(url) ? url : env.agent.url;
  return `${new URL(home).origin}${DEFAULT_KEYS_PATH}`;
}

const isOk = (fetched: Extract<FetchedDocument, { kind: 'fetched' }>): boolean => fetched.http.status >= 200 && fetched.http.status < 300;

function reasonOf(fetched: FetchedDocument): string {
  if (fetched.kind === 'failed') return fetched.failure.message;
  return isOk(fetched) ? 'the body is none' : `HTTP ${fetched.http.status}`;
}

function fault(code: string, subject: string, problem: string, fetched?: FetchedDocument, actual?: unknown): BrandKeys {
  return {
    kind: 'fault', fault: { code, subject, problem, ...(actual !== undefined && { actual }) }, ...(fetched !== undefined && { fetched }),
  };
}
