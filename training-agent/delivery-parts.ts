/** How the training platform says that delivery fell into places, devices, audiences and keywords: evenly over what a package was targeted to. */
import type { DeliveryFact } from '../src/domain/delivery-facts.ts';
import { PART_COUNTERS, type DeliveryPart, type Dimension } from '../src/domain/delivery-parts.ts';
import { split } from '../src/domain/money.ts';
import type { MediaBuyRecord, PackageRecord } from '../src/domain/media-buy.ts';

type About = DeliveryPart['about'];

/** Where a package was targeted to nothing of the kind: what an untargeted campaign usually meets. */
const USUAL: Readonly<Partial<Record<Dimension, readonly About[]>>> = {
  geo: [{ geo_level: 'country', geo_code: 'US' }],
  device_type: [{ device_type: 'desktop' }, { device_type: 'mobile' }],
  device_platform: [{ device_platform: 'android' }, { device_platform: 'ios' }],
};

/** The parts of one report, for packages whose products are reported by them. Parts of a package add up to it. */
export function partsOf({ packages }: MediaBuyRecord, { increments }: DeliveryFact): DeliveryPart[] {
  return packages.flatMap((record) => {
    const { package_id } = record.package;
    const own = increments.filter((each) => each.package_id === package_id);
    const totals = PART_COUNTERS.map((name) => [name, own.reduce((sum, each) => sum + (each[name] ?? 0), 0)] as const);
    return Object.entries(groupsOf(record)).flatMap(([dimension, groups]) => groups.flatMap((abouts) => {
      const even = abouts.map(() => 1);
      const divided = totals.map(([name, total]) => [name, abouts.length > 0 ? split(total, even) : []] as const);
      return abouts.map((about, at): DeliveryPart => ({ package_id, dimension: dimension as Dimension, about, ...Object.fromEntries(divided.map(([name, parts]) => [name, parts[at]!])) }));
    }));
  });
}

/** Of each dimension the groups that each make up the whole: countries, and regions, are two ways to divide the same. */
function groupsOf({ package: { targeting_overlay: overlay = {} }, terms: { reporting_capabilities: offered } }: PackageRecord): Partial<Record<Dimension, readonly (readonly About[])[]>> {
  const or = (dimension: Dimension, abouts: readonly About[] | undefined) => abouts ?? USUAL[dimension] ?? [];
  const geo = offered.supports_geo_breakdown;
  return {
    geo: [
      ...(geo?.country ? [or('geo', overlay.geo_countries?.map((geo_code) => ({ geo_level: 'country', geo_code })))] : []),
      ...(geo?.region && overlay.geo_regions ? [overlay.geo_regions.map((geo_code) => ({ geo_level: 'region', geo_code }))] : []),
    ],
    device_type: offered.supports_device_type_breakdown ? [or('device_type', overlay.device_type?.map((device_type) => ({ device_type })))] : [],
    device_platform: offered.supports_device_platform_breakdown ? [or('device_platform', overlay.device_platform?.map((device_platform) => ({ device_platform })))] : [],
    audience: offered.supports_audience_breakdown ? [(overlay.audience_include ?? []).map((audience_id) => ({ audience_id, audience_source: 'synced' }))] : [],
    keyword: offered.supports_keyword_breakdown ? [(overlay.keyword_targets ?? []).map(({ keyword, match_type }) => ({ keyword, match_type }))] : [],
  };
}
