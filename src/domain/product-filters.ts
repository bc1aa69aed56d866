/** Narrows a catalogue to what a buyer filters for: all filters must hold, and what fails one is left out in silence (§2.5). */
import { PLACEMENT_KINDS } from '../protocol/wire/core/channel.ts';
import type { PerformanceStandard } from '../protocol/wire/core/measurement-terms.ts';
import type { ProductFilters } from '../protocol/wire/core/product-filters.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { FilterDiagnostics } from '../protocol/wire/get-products.ts';
import type { Signal } from '../protocol/wire/get-signals.ts';
import { declaredFeatures } from './declared-features.ts';
import type { Features } from './features.ts';
import { offeredFormatIds, sameFormat } from './format-ids.ts';
import { reports } from './metric-coverage.ts';
import { meetsStandard } from './performance-standards.ts';
import { placedIn, type PlacementKind } from './placement-filters.ts';
import { inCurrencies, withFixedPrice, withinBudget } from './pricing-filters.ts';
import { selects } from './signals/selectable.ts';
import { TARGETING_SUPPORT } from './targeting-dimensions.ts';

type FilterName = Exclude<keyof ProductFilters, 'ext'>;
/** The product, perhaps with fewer pricing options, or nothing when the filter excludes it. */
type Sieve<Name extends FilterName> = (
  product: Product,
  wanted: NonNullable<ProductFilters[Name]>,
  seller: SellerSide,
) => Product | undefined;
type Rule<Name extends FilterName> = (product: Product, wanted: NonNullable<ProductFilters[Name]>, seller: SellerSide) => boolean;

/** What some filters have to know beside the product. */
export interface SellerSide {
  readonly features: Features;
  /** The feed of signals. */
  readonly signals: readonly Signal[];
}

const when =
  <Name extends FilterName>(rule: Rule<Name>): Sieve<Name> =>
  (product, wanted, seller) =>
    rule(product, wanted, seller) ? product : undefined;
const placement = <Name extends PlacementKind>(kind: Name): Sieve<Name> => when((product, wanted) => placedIn(product, kind, wanted));

const SIEVES: { readonly [Name in FilterName]?: Sieve<Name> } = {
  delivery_type: when((product, wanted) => product.delivery_type === wanted),
  exclusivity: when((product, wanted) => (product.exclusivity ?? 'none') === wanted),
  is_fixed_price: withFixedPrice,
  pricing_currencies: inCurrencies,
  budget_range: when(withinBudget),
  format_ids: when((product, wanted) => offeredFormatIds(product).some((offered) => wanted.some((asked) => sameFormat(offered, asked)))),
  channels: when((product, wanted) => (product.channels ?? []).some((channel) => wanted.includes(channel))),
  ...(Object.fromEntries((Object.keys(PLACEMENT_KINDS) as PlacementKind[]).map((kind) => [kind, placement(kind)])) as {
    [Name in PlacementKind]: Sieve<Name>;
  }),
  required_metrics: when(({ reporting_capabilities: { available_metrics } }, wanted) =>
    wanted.every((metric) => reports(available_metrics, metric)),
  ),
  required_vendor_metrics: when(({ reporting_capabilities: { vendor_metrics = [] } }, wanted) =>
    wanted.every(({ vendor, metric_id }) =>
      vendor_metrics.some(
        (offered) =>
          (vendor === undefined || offered.vendor.domain === vendor.domain) && (metric_id === undefined || offered.metric_id === metric_id),
      ),
    ),
  ),
  required_performance_standards: when(({ performance_standards: offered = [] }, wanted) =>
    wanted.every((standard: PerformanceStandard) => offered.some((each) => meetsStandard(each, standard))),
  ),
  required_features: when((_product, wanted, { features }) => {
    const declared = declaredFeatures(features);
    return Object.entries(wanted).every(([feature, needed]) => !needed || declared[feature] === true);
  }),
  required_geo_targeting: when((_product, wanted) => wanted.every(targetsGeography)),
  min_exposures: when((product, wanted) => forecastImpressions(product) >= wanted),
  trusted_match: when((product) => product.trusted_match !== undefined),
  keywords: when((_product, wanted) =>
    wanted.every(({ match_type = 'broad' }) => TARGETING_SUPPORT.keyword_targets.supported_match_types.includes(match_type)),
  ),
  // No exchange is connected, so nothing can satisfy this.
  required_axe_integrations: when(() => false),
  signal_targeting: when((product, wanted, { features, signals }) => features.signals && wanted.every((signal) => selects(product, signal, signals))),
};

/** Filters that ask for what no product says of itself. They exclude nothing, and the answer says so. */
const UNANSWERABLE: readonly FilterName[] = [
  'start_date',
  'end_date',
  'countries',
  'regions',
  'metros',
  'postal_areas',
  'geo_proximity',
  'standard_formats_only',
];

/** What is left of a catalogue. */
export interface Narrowed {
  readonly products: readonly Product[];
  /** Present when a filter excluded something or could not be applied. */
  readonly diagnostics?: FilterDiagnostics;
}

/** Products come back in their order, with the pricing options that the price filters leave. */
export function narrowed(candidates: readonly Product[], filters: ProductFilters, seller: SellerSide): Narrowed {
  const names = (Object.keys(filters) as FilterName[]).filter((name) => filters[name] !== undefined && SIEVES[name] !== undefined);
  const products = names.length === 0 ? candidates : candidates.flatMap((product) => sieved(product, names, filters, seller) ?? []);
  const excluded = names.flatMap((name) => {
    const others = names.filter((other) => other !== name);
    const alone = candidates.filter((product) => sieved(product, others, filters, seller) && !sieved(product, names, filters, seller));
    return alone.length > 0 ? [[name, { count: alone.length }] as const] : [];
  });
  const unapplied = UNANSWERABLE.filter((name) => filters[name] !== undefined).map(
    (name) => [name, { count: 0, notes: 'not applied: products do not state this' }] as const,
  );
  const excluded_by = Object.fromEntries([...excluded, ...unapplied]);
  if (Object.keys(excluded_by).length === 0) return { products };
  return { products, diagnostics: { semantics: 'only', total_candidates: candidates.length, excluded_by } };
}

function sieved(product: Product, names: readonly FilterName[], filters: ProductFilters, seller: SellerSide): Product | undefined {
  let kept: Product | undefined = product;
  for (const name of names) kept &&= (SIEVES[name] as Sieve<FilterName>)(kept, filters[name]!, seller);
  return kept;
}

/** Levels that the capabilities declare; a system is named by its own bit. */
function targetsGeography({ level, system }: NonNullable<ProductFilters['required_geo_targeting']>[number]): boolean {
  switch (level) {
    case 'country':
      return TARGETING_SUPPORT.geo_countries;
    case 'region':
      return TARGETING_SUPPORT.geo_regions;
    case 'metro':
      return system === undefined || Object.hasOwn(TARGETING_SUPPORT.geo_metros, system);
    case 'postal_area':
      return false;
  }
}

/** The most that the product's forecast holds out; a product without a forecast may deliver any number. */
function forecastImpressions({ forecast }: Product): number {
  const ranges = (forecast?.points ?? []).flatMap(({ metrics }) => metrics['impressions'] ?? []);
  return ranges.length === 0 ? Infinity : Math.max(...ranges.map(({ mid, high }) => high ?? mid ?? 0));
}
