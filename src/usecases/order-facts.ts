import type { Caller } from '../domain/caller.ts';
import type { Flight, OrderFacts, PackageLine } from '../domain/order/line.ts';
import type { Desk } from './desk.ts';

/**
 * Loads what the checks of an order have to know of the account: the audiences and event sources that the packages name, and the
 * formats that creatives which come along have to fill.
 */
export async function orderFacts(
  lines: readonly PackageLine[],
  order: { readonly flight: Flight; readonly currency: string },
  caller: Caller,
  desk: Desk,
): Promise<OrderFacts> {
  const { reach } = caller;
  const audience_ids = lines.flatMap(({ asked: { targeting_overlay: overlay } }) => [
    ...(overlay?.audience_include ?? []),
    ...(overlay?.audience_exclude ?? []),
  ]);
  const source_ids = lines.flatMap(({ asked: { optimization_goals = [] } }) =>
    optimization_goals.flatMap((goal) => (goal.kind === 'event' ? goal.event_sources.map(({ event_source_id }) => event_source_id) : [])),
  );
  const references = lines.flatMap(({ asked: { catalogs: asked = [] } }) => asked.filter(({ items }) => items === undefined));
  const catalog_ids = references.flatMap(({ catalog_id }) => catalog_id ?? []);
  const [audiences, sources, catalogs] = await Promise.all([
    audience_ids.length > 0 ? desk.store.audiences(reach, audience_ids) : [],
    source_ids.length > 0 ? desk.store.eventSources(reach, source_ids) : [],
    references.length > 0 ? desk.store.catalogs(reach, catalog_ids.length < references.length ? undefined : catalog_ids) : [],
  ]);
  return {
    ...order,
    features: desk.features,
    audiences: new Map(audiences.map((audience) => [audience.audience_id, audience])),
    catalogs: new Map(catalogs.map(({ catalog_id, catalog: { type } }) => [catalog_id, type])),
    unknown_catalogs: desk.catalogue.unknown_catalogs ?? 'refused',
    event_sources: new Set(sources.map(({ event_source_id }) => event_source_id)),
    signals: lines.some(({ asked }) => asked.targeting_overlay?.signal_targeting_groups) ? ((await desk.catalogue.signals?.(caller)) ?? []) : [],
    ...(await vendorCatalogues(lines, caller, desk)),
    ...(lines.some(({ asked }) => asked.creatives !== undefined) ? { creative_rules: await creativeRules(caller, desk) } : {}),
  };
}

/** What the vendors publish whose metrics packages aim at, as far as it is known. */
async function vendorCatalogues(lines: readonly PackageLine[], caller: Caller, { catalogue }: Desk): Promise<Pick<OrderFacts, 'vendor_catalogues'>> {
  const domains = lines.flatMap(({ asked: { optimization_goals = [] } }) =>
    optimization_goals.flatMap((goal) => (goal.kind === 'vendor_metric' ? [goal.vendor.domain] : [])),
  );
  if (domains.length === 0 || catalogue.vendor_metrics === undefined) return {};
  const known = await Promise.all(
    [...new Set(domains)].map(async (domain) => [domain, await catalogue.vendor_metrics!(caller, domain)] as const),
  );
  return { vendor_catalogues: new Map(known.flatMap(([domain, metrics]) => (metrics ? [[domain, metrics] as const] : []))) };
}

async function creativeRules(
  caller: Caller,
  { catalogue, seller: { agent_url } }: Desk,
): Promise<NonNullable<OrderFacts['creative_rules']>> {
  const formats = { agent_url, described: await catalogue.formats(caller), products: await catalogue.products(caller) };
  return { formats, fit: catalogue.format_fit ?? 'required' };
}
