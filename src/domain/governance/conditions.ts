/**
 * Conditions under which a governance agent would approve (seller specification §3.9). They are honoured on the buyer's behalf where that
 * asks for no more money and for nothing but the terms of the packages; else the purchase is refused and the buyer decides.
 */
import { canonicalJson } from '../../protocol/canonical-json.ts';
import type { JsonObject } from '../../protocol/envelope.ts';
import type { GovernanceCondition } from '../../protocol/wire/check-governance.ts';

export type Conditioned =
  /** The request as it has to be; the same object when nothing has to change. */
  | { readonly kind: 'met'; readonly request: JsonObject }
  | { readonly kind: 'unmet'; readonly unmet: readonly GovernanceCondition[] };

/** Terms of a package that may be changed on the word of the buyer's governance. */
const TERMS: ReadonlySet<string> = new Set(['budget', 'bid_price', 'start_time', 'end_time', 'pacing', 'impressions', 'paused', 'targeting_overlay']);
/** Amounts that may only go down. */
const AMOUNTS: ReadonlySet<string> = new Set(['budget', 'bid_price', 'impressions']);

/** The request with every condition in it. One without a required value is advice, which is passed on to the buyer. */
export function conditioned(request: JsonObject, conditions: readonly GovernanceCondition[]): Conditioned {
  let adjusted = request;
  const unmet: GovernanceCondition[] = [];
  for (const condition of conditions) {
    if (condition.required_value === undefined) continue;
    const places = placesOf(condition.field, adjusted);
    if (places === undefined || !places.every((place) => mayBecome(place, condition.required_value, adjusted))) unmet.push(condition);
    else for (const place of places) adjusted = withValue(adjusted, place, condition.required_value);
  }
  return unmet.length > 0 ? { kind: 'unmet', unmet } : { kind: 'met', request: adjusted };
}

type Place = readonly string[];

/** Where in the request the condition has to hold: a path of the payload, or what a member of the planned delivery follows from. */
function placesOf(field: string, request: JsonObject): readonly Place[] | undefined {
  const path = field.split(/[.[\]]+/).filter((step) => step !== '');
  const place = path[0] === 'payload' || path[0] === 'planned_delivery' ? path.slice(1) : path;
  const packages = ['packages', 'new_packages'].flatMap((member) => listOf(request[member]).map((_, at): Place => [member, String(at)]));
  const [first, second] = place;
  switch (first) {
    case 'start_time': case 'end_time': return place.length === 1 ? [place] : undefined;
    case 'packages': case 'new_packages': return isTerm(place, request) ? [place] : undefined;
    case 'total_budget': return totalPlaces(place, packages, request);
    case 'frequency_cap': return place.length === 1 ? under(packages, 'targeting_overlay', 'frequency_cap') : undefined;
    case 'geo': return place.length === 2 && (second === 'countries' || second === 'regions') ? under(packages, 'targeting_overlay', `geo_${second}`) : undefined;
    default: return undefined;
  }
}

/** The budget of the whole can be set where one amount makes it up: that of a proposal, or of the only package. */
function totalPlaces(place: Place, packages: readonly Place[], { total_budget }: JsonObject): readonly Place[] | undefined {
  if (place.length > 1 && place[1] !== 'amount') return undefined;
  if (total_budget !== undefined) return [['total_budget', 'amount']];
  return packages.length === 1 ? under(packages, 'budget') : undefined;
}

/** A request that names no package cannot say it of any. */
const under = (packages: readonly Place[], ...member: readonly string[]): readonly Place[] | undefined =>
  (packages.length === 0 ? undefined : packages.map((each) => [...each, ...member]));

function isTerm([list, at, member]: Place, request: JsonObject): boolean {
  return /^\d+$/.test(at ?? '') && TERMS.has(member ?? '') && listOf(request[list!])[Number(at)] !== undefined;
}

function mayBecome(place: Place, value: unknown, request: JsonObject): boolean {
  const last = place.at(-1)!;
  if (!AMOUNTS.has(last) && last !== 'amount') return true;
  const now = valueAt(request, place);
  return typeof value === 'number' && value >= 0 && (now === undefined || (typeof now === 'number' && value <= now));
}

function withValue(holder: JsonObject, [first, ...rest]: Place, value: unknown): JsonObject {
  const inner = rest.length === 0 ? value : changed(holder[first!], rest, value);
  return canonicalJson(inner ?? null) === canonicalJson(holder[first!] ?? null) ? holder : { ...holder, [first!]: inner };
}

function changed(holder: unknown, place: Place, value: unknown): unknown {
  if (!Array.isArray(holder)) return withValue((holder ?? {}) as JsonObject, place, value);
  const [at, ...rest] = place;
  return holder.map((item: unknown, nth) => (nth === Number(at) ? (rest.length === 0 ? value : changed(item, rest, value)) : item));
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const valueAt = (document: unknown, place: Place): unknown =>
  place.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? (value as JsonObject)[step] : undefined), document);
