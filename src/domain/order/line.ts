/** One package of an order as the checks see it: what is asked, where the request says so, and what it is held against. */
import type { AdcpError } from '../../protocol/errors.ts';
import type { Package } from '../../protocol/wire/core/package.ts';
import type { PackageRequest } from '../../protocol/wire/core/package-request.ts';
import type { PricingOption } from '../../protocol/wire/core/pricing-option.ts';
import type { Product } from '../../protocol/wire/core/product.ts';
import type { Signal } from '../../protocol/wire/get-signals.ts';
import type { Catalog } from '../../protocol/wire/core/catalog.ts';
import type { AudienceRecord } from '../audience.ts';
import type { KnownFormats } from '../creative-formats.ts';
import type { Features } from '../features.ts';
import type { PackageRecord } from '../media-buy.ts';

/** What is asked of a package: all of it when it is bought, what changes when it is changed. */
export type PackageAsk = Partial<PackageRequest>;

/** A package to buy or to change, as the checks see it. */
export interface PackageLine {
  /** Where the request asks: `packages[0]`, `new_packages[1]`. */
  readonly path: string;
  readonly asked: PackageAsk;
  /** Absent when a package is changed: its product was agreed before, and may be gone. */
  readonly product?: Product;
  readonly pricing?: PricingOption;
  readonly terms: PackageRecord['terms'];
  /** Metrics that a package which is changed was promised when it was bought. */
  readonly committed?: Package['committed_metrics'];
  /** What the package has spent already, in millionths of its currency's major unit. */
  readonly spent_micros?: number;
}

/** When something runs. */
export interface Flight {
  /** ISO 8601. */
  readonly start_time: string;
  readonly end_time: string;
}

/** What is known of the seller and of the account when an order is checked. */
export interface OrderFacts {
  readonly features: Features;
  /** The flight of the whole buy, after the change. */
  readonly flight: Flight;
  /** The currency that every package must be priced in. */
  readonly currency: string;
  /** Audiences of the account, by id; of those asked for at least. */
  readonly audiences: ReadonlyMap<string, AudienceRecord>;
  /** Types of the account's catalogues, by id; of those asked for at least. */
  readonly catalogs: ReadonlyMap<string, Catalog['type']>;
  readonly unknown_catalogs: 'refused' | 'accepted';
  /** Registered event sources; of those asked for at least. */
  readonly event_sources: ReadonlySet<string>;
  /** Everything that may be targeted by; of no account when no package selects signals. */
  readonly signals: readonly Signal[];
  /** By domain: the metrics that vendors publish, as far as that is known. Absent: of no vendor. */
  readonly vendor_catalogues?: ReadonlyMap<string, ReadonlySet<string>>;
  /** What creatives that come along are held against; absent when none does. */
  readonly creative_rules?: { readonly formats: KnownFormats; readonly fit: 'required' | 'advisory' };
}

/** One row of the table of refusals: everything that is wrong with a line in this respect. */
export type LineCheck = (line: PackageLine, facts: OrderFacts) => AdcpError[];

/** What of a product binds later changes and reporting. */
export function termsOf(product: Product): PackageRecord['terms'] {
  const {
    channels,
    catalog_types,
    delivery_type,
    reporting_capabilities,
    metric_optimization,
    vendor_metric_optimization,
    conversion_tracking,
    max_optimization_goals,
    allowed_actions,
    property_targeting_allowed,
    collection_targeting_allowed,
    signal_targeting_allowed,
    signal_targeting_options,
    signal_targeting_rules,
  } = product;
  return {
    delivery_type,
    reporting_capabilities,
    ...(channels ? { channels } : {}),
    ...(catalog_types ? { catalog_types } : {}),
    ...(metric_optimization ? { metric_optimization } : {}),
    ...(vendor_metric_optimization ? { vendor_metric_optimization } : {}),
    ...(conversion_tracking ? { conversion_tracking } : {}),
    ...(max_optimization_goals === undefined ? {} : { max_optimization_goals }),
    ...(allowed_actions ? { allowed_actions } : {}),
    ...(property_targeting_allowed === undefined ? {} : { property_targeting_allowed }),
    ...(collection_targeting_allowed === undefined ? {} : { collection_targeting_allowed }),
    ...(signal_targeting_allowed === undefined ? {} : { signal_targeting_allowed }),
    ...(signal_targeting_options ? { signal_targeting_options } : {}),
    ...(signal_targeting_rules ? { signal_targeting_rules } : {}),
  };
}
