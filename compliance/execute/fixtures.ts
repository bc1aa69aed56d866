/** Which controller calls a storyboard's fixtures ask for. */
import type { JsonObject } from '../json/object.ts';
import type { FIXTURE_KINDS } from '../load/members.ts';

export type SeedCall =
  | { readonly kind: 'call'; readonly step_id: string; readonly scenario: string; readonly params: JsonObject }
  | { readonly kind: 'missing_id'; readonly step_id: string; readonly scenario: string; readonly missing: string };

interface FixtureKind {
  readonly key: (typeof FIXTURE_KINDS)[number];
  readonly scenario: string;
  readonly ids: readonly string[];
  /** Where the members other than ids go: below `params.fixture`, or beside the ids. */
  readonly rest: 'fixture' | 'params';
}

/** In the order in which they are seeded: what others refer to comes first. */
const KINDS: readonly FixtureKind[] = [
  { key: 'accounts', scenario: 'seed_account', ids: ['account_id'], rest: 'fixture' },
  { key: 'buyer_agents', scenario: 'seed_buyer_agent', ids: ['agent_url'], rest: 'params' },
  { key: 'products', scenario: 'seed_product', ids: ['product_id'], rest: 'fixture' },
  { key: 'pricing_options', scenario: 'seed_pricing_option', ids: ['product_id', 'pricing_option_id'], rest: 'fixture' },
  { key: 'creative_formats', scenario: 'seed_creative_format', ids: ['format_id'], rest: 'fixture' },
  { key: 'creatives', scenario: 'seed_creative', ids: ['creative_id'], rest: 'fixture' },
  { key: 'plans', scenario: 'seed_plan', ids: ['plan_id'], rest: 'fixture' },
  { key: 'media_buys', scenario: 'seed_media_buy', ids: ['media_buy_id'], rest: 'fixture' },
];
/** Kinds whose entries may hold the whole fixture in a member of that name. */
const WRAPPED: ReadonlySet<string> = new Set(['accounts', 'creative_formats']);

/** One call for each entry, in seeding order. */
export function seedCalls(fixtures: Readonly<Record<string, readonly JsonObject[]>>): readonly SeedCall[] {
  return KINDS.flatMap((kind) => (fixtures[kind.key] ?? []).map((entry, i) => seedCall(kind, entry, i)));
}

function seedCall(kind: FixtureKind, entry: JsonObject, position: number): SeedCall {
  const missing = kind.ids.find((id) => entry[id] === undefined || entry[id] === '');
  if (missing !== undefined) return { kind: 'missing_id', step_id: `${kind.scenario}.${position}`, scenario: kind.scenario, missing };
  const ids = Object.fromEntries(kind.ids.map((id) => [id, entry[id]]));
  const rest = Object.fromEntries(Object.entries(entry).filter(([key]) => !kind.ids.includes(key)));
  const inner = rest['fixture'];
  const fixture = WRAPPED.has(kind.key) && Object.keys(rest).length === 1 && inner !== undefined ? inner : rest;
  const params = kind.rest === 'params' ? { ...ids, ...rest } : { ...ids, fixture };
  return { kind: 'call', step_id: [kind.scenario, ...kind.ids.map((id) => shown(entry[id]))].join('.'), scenario: kind.scenario, params };
}

const shown = (id: unknown): string => (typeof id === 'string' ? id : JSON.stringify(id));
