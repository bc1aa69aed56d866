/** How delivery of a package falls into places, devices, audiences ...: told where the product is reported so, and a platform has said it. */
import type { PackageDelivery } from '../protocol/wire/core/media-buy-delivery.ts';
import type { ReportingDimensions } from '../protocol/wire/get-media-buy-delivery.ts';
import type { ReportingCapabilities } from '../protocol/wire/core/reporting-capabilities.ts';
import { divided, figuresOf, type Figures, type Tally } from './delivery-figures.ts';
import type { MetricPlan } from './delivery-plan.ts';
import { measured } from './delivery-rates.ts';

export const DIMENSIONS = ['geo', 'device_type', 'device_platform', 'audience', 'placement', 'keyword'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** What is counted by part. */
export const PART_COUNTERS = ['impressions', 'clicks', 'views', 'completed_views', 'spend_micros'] as const;
export type PartCounters = Readonly<Record<(typeof PART_COUNTERS)[number], number>>;

/** One part of what was delivered: the members by which AdCP's rows of that breakdown name it, such as `{device_type: 'mobile'}`. */
export interface DeliveryPart extends Partial<PartCounters> {
  readonly package_id: string;
  readonly dimension: Dimension;
  readonly about: Readonly<Record<string, string>>;
}

/** The same as kept, summed over the days of a report. */
export type PartRow = DeliveryPart & PartCounters;

/** A breakdown that is wanted, with how many rows of it and by which metric the first are chosen. */
interface Wanted {
  readonly dimension: Dimension;
  readonly limit?: number;
  readonly sort_by?: string;
  readonly fits: (about: DeliveryPart['about']) => boolean;
}

/** Where AdCP lets no limit be asked for, all rows are told. */
const USUAL_LIMIT = 25;

/** The breakdowns that a request names. Keywords, which no request can name, are always told. */
export function wantedParts({ geo, ...others }: ReportingDimensions = {}): Wanted[] {
  const any = () => true;
  const cuts = (['device_type', 'device_platform', 'audience', 'placement'] as const).flatMap((dimension) => {
    const cut = others[dimension];
    const limit = cut?.limit ?? (dimension === 'audience' || dimension === 'placement' ? USUAL_LIMIT : undefined);
    return cut ? [{ dimension, fits: any, sort_by: cut.sort_by ?? 'spend', ...(limit === undefined ? {} : { limit }) }] : [];
  });
  const place: Wanted[] = geo
    ? [{
        dimension: 'geo', limit: geo.limit ?? USUAL_LIMIT, sort_by: geo.sort_by ?? 'spend',
        fits: (about) => about['geo_level'] === geo.geo_level && (geo.system === undefined || about['system'] === geo.system) && (geo.country === undefined || about['country'] === geo.country),
      }]
    : [];
  return [...place, ...cuts, { dimension: 'keyword', fits: any }];
}

/** Whether the product is reported by a part. */
function reported({ dimension, about }: DeliveryPart, offered: ReportingCapabilities): boolean {
  switch (dimension) {
    case 'geo': {
      const level = offered.supports_geo_breakdown?.[about['geo_level'] as 'country' | 'region' | 'metro' | 'postal_area'];
      return typeof level === 'object' ? true : level === true;
    }
    case 'device_type': return offered.supports_device_type_breakdown === true;
    case 'device_platform': return offered.supports_device_platform_breakdown === true;
    case 'audience': return offered.supports_audience_breakdown === true;
    case 'placement': return offered.supports_placement_breakdown === true;
    case 'keyword': return offered.supports_keyword_breakdown === true;
  }
}

/** What the parts of a package are held against. */
export interface PartFrame {
  readonly figures: Figures;
  readonly tally: Tally;
  readonly plan: MetricPlan;
  readonly currency: string;
  readonly offered: ReportingCapabilities;
}

/** The breakdowns of a package's row. Parts that make up the whole add up to it exactly; others, which may overlap, are rounded one by one. */
export function partRows(parts: readonly PartRow[], wanted: readonly Wanted[], frame: PartFrame): Partial<PackageDelivery> {
  const found = wanted.flatMap((each) => {
    const own = parts.filter((part) => part.dimension === each.dimension && each.fits(part.about) && reported(part, frame.offered));
    return own.length > 0 ? [breakdown(own, each, frame)] : [];
  });
  return Object.assign({}, ...found) as Partial<PackageDelivery>;
}

function breakdown(parts: readonly PartRow[], { dimension, limit, sort_by = 'spend' }: Wanted, { figures, tally, plan, currency }: PartFrame): Record<string, unknown> {
  const tallies = parts.map((part): Tally => ({ ...part, conversions: 0, value_micros: 0 }));
  const whole = tallies.reduce((sum, each) => sum + each.spend_micros, 0) === tally.spend_micros;
  const shown = new Set([...plan].filter((metric) => metric === 'clicks' || metric === 'views' || metric === 'completed_views'));
  const own = whole ? divided({ ...figures, conversion_value: 0 }, tallies) : tallies.map((each) => figuresOf(each, currency));
  const rows = parts.map(({ about }, at) => ({ ...about, ...measured(own[at]!, shown, currency) }));
  const sorted = rows.toSorted((a, b) => valueOf(b, sort_by) - valueOf(a, sort_by));
  const [member, truncated] = [`by_${dimension}`, `by_${dimension}_truncated`];
  // Keywords have no flag, because nobody can ask for a part of them.
  return { [member]: sorted.slice(0, limit), ...(dimension === 'keyword' ? {} : { [truncated]: sorted.length > (limit ?? sorted.length) }) };
}

const valueOf = (row: Readonly<Record<string, unknown>>, metric: string): number => (typeof row[metric] === 'number' ? row[metric] : 0);
