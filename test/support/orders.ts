/** A package of an order against the table of refusals, for tests of its rows. */
import type { AudienceRecord } from '../../src/domain/audience.ts';
import { ALL_FEATURES, type Features } from '../../src/domain/features.ts';
import { linesFlaw } from '../../src/domain/order/checks.ts';
import { termsOf, type PackageAsk, type PackageLine } from '../../src/domain/order/line.ts';
import type { AdcpError } from '../../src/protocol/errors.ts';
import type { OptimizationGoal } from '../../src/protocol/wire/core/optimization-goal.ts';
import type { PricingOption } from '../../src/protocol/wire/core/pricing-option.ts';
import type { Product } from '../../src/protocol/wire/core/product.ts';
import type { Signal } from '../../src/protocol/wire/get-signals.ts';
import type { TargetingOverlay } from '../../src/protocol/wire/core/targeting.ts';
import { testProduct } from './desk.ts';
import { audienceRecord } from './library-records.ts';

export const AGENT = 'https://seller.example/mcp';
export const AUCTION: PricingOption = { pricing_option_id: 'auction', pricing_model: 'cpm', currency: 'USD', floor_price: 2 };
export const FIXED: PricingOption = {
  pricing_option_id: 'fixed',
  pricing_model: 'cpm',
  currency: 'USD',
  fixed_price: 8,
  min_spend_per_package: 100,
};

const audience = (id: string, more: Partial<AudienceRecord> = {}): [string, AudienceRecord] => [id, audienceRecord(id, more)];

export interface Checked {
  readonly asked?: PackageAsk;
  readonly product?: Partial<Product>;
  readonly pricing?: PricingOption;
  /** `undefined` switches a feature off. */
  readonly features?: { readonly [Name in keyof Features]?: Features[Name] | undefined };
  readonly spent_micros?: number;
  readonly signals?: readonly Signal[];
  readonly vendor_catalogues?: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * What is wrong with a package of 1,000 in a flight of January 2027; undefined when nothing is. The account has the audiences
 * `vip`, `small` and, suspended, `gone`, the event source `shop` and the catalogue of products `menu`.
 */
export function flaws({ asked = {}, product, pricing = AUCTION, features, spent_micros, signals = [], vendor_catalogues }: Checked): readonly AdcpError[] | undefined {
  const sold = testProduct('sold', product);
  const line: PackageLine = {
    path: 'packages[0]',
    asked: { budget: 1000, ...asked },
    product: sold,
    pricing,
    terms: termsOf(sold),
    ...(spent_micros === undefined ? {} : { spent_micros }),
  };
  return linesFlaw([line], {
    features: { ...ALL_FEATURES, ...features } as Features,
    currency: 'USD',
    flight: { start_time: '2027-01-01T00:00:00Z', end_time: '2027-02-01T00:00:00Z' },
    audiences: new Map([
      audience('vip'),
      audience('gone', { forced_status: 'suspended' }),
      audience('small', { forced_status: 'too_small' }),
    ]),
    catalogs: new Map([['menu', 'product']]),
    unknown_catalogs: 'refused',
    event_sources: new Set(['shop']),
    signals,
    ...(vendor_catalogues ? { vendor_catalogues } : {}),
  })?.errors;
}

/** Code and field of the first flaw. */
export const firstFlaw = (checked: Checked): readonly [string, string | undefined] | undefined => {
  const error = flaws(checked)?.[0];
  return error && [error.code, error.field];
};

export const goal = (more: OptimizationGoal): PackageAsk => ({ optimization_goals: [more] });
export const overlay = (targeting_overlay: TargetingOverlay): PackageAsk => ({ targeting_overlay });
