/** What a buy will deliver, as the seller understands it: what its buyer's governance looks at (seller specification §3.9). */
import { canonicalJson } from '../../protocol/canonical-json.ts';
import type { PlannedDelivery } from '../../protocol/wire/core/planned-delivery.ts';
import type { TargetingOverlay } from '../../protocol/wire/core/targeting.ts';
import type { MediaBuyRecord } from '../media-buy.ts';
import { totalBudget } from '../media-buy-totals.ts';

/** Of limits only those that hold for the buy as a whole are told: one package without them reaches past them. */
export function plannedDelivery(buy: Pick<MediaBuyRecord, 'packages' | 'start_time' | 'end_time' | 'currency'>): PlannedDelivery {
  const live = buy.packages.filter(({ package: { canceled } }) => canceled !== true);
  const overlays = live.map(({ package: { targeting_overlay = {} } }) => targeting_overlay);
  const countries = union(overlays, 'geo_countries');
  const regions = union(overlays, 'geo_regions');
  const channels = [...new Set(live.flatMap(({ terms }) => terms.channels ?? []))];
  const cap = shared(overlays);
  const audience_targeting = selectors(overlays);
  return {
    ...(countries || regions ? { geo: { ...(countries ? { countries } : {}), ...(regions ? { regions } : {}) } } : {}),
    ...(channels.length > 0 ? { channels } : {}),
    start_time: buy.start_time, end_time: buy.end_time,
    ...(cap ? { frequency_cap: cap } : {}),
    ...(audience_targeting.length > 0 ? { audience_targeting } : {}),
    total_budget: totalBudget({ ...buy, packages: live }), currency: buy.currency,
  };
}

function union(overlays: readonly TargetingOverlay[], member: 'geo_countries' | 'geo_regions'): string[] | undefined {
  const lists = overlays.map((overlay) => overlay[member]);
  return lists.length > 0 && lists.every((list) => list !== undefined) ? [...new Set(lists.flat())].toSorted() as string[] : undefined;
}

function shared(overlays: readonly TargetingOverlay[]): TargetingOverlay['frequency_cap'] {
  const [first, ...rest] = overlays.map(({ frequency_cap }) => frequency_cap);
  return first && rest.every((cap) => cap && canonicalJson(cap) === canonicalJson(first)) ? first : undefined;
}

/** Every audience and signal that any package selects, told once. Audiences are the buyer's own, and have no public name. */
function selectors(overlays: readonly TargetingOverlay[]): Record<string, unknown>[] {
  const found = overlays.flatMap(({ audience_include = [], audience_exclude = [], signal_targeting_groups: groups }) => [
    ...audience_include.map((id) => described(`members of the advertiser's audience "${id}"`)),
    ...audience_exclude.map((id) => described(`nobody of the advertiser's audience "${id}"`)),
    ...(groups?.groups ?? []).flatMap(({ operator, signals }) => signals.map(({ pricing_option_id: _price, signal_agent_segment_id: _segment, ...signal }) =>
      (operator === 'any' ? { type: 'signal', ...signal } : described(`nobody with the signal ${canonicalJson(signal)}`)))),
  ]);
  return [...new Map(found.map((each) => [canonicalJson(each), each])).values()];
}

const described = (description: string) => ({ type: 'description', description: description.slice(0, 2000) });
