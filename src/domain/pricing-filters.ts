/** Filters of a product search that look at prices. Those that prune leave only the options that the buyer may select (§2.5). */
import type { PricingOption } from '../protocol/wire/core/pricing-option.ts';
import type { ProductFilters } from '../protocol/wire/core/product-filters.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { ProductSignalOption } from '../protocol/wire/core/signal.ts';

/** The product with the options that fit, or nothing when none does. */
function pruned(product: Product, fits: (option: PricingOption) => boolean): Product | undefined {
  const pricing_options = product.pricing_options.filter(fits);
  return pricing_options.length === 0 ? undefined : { ...product, pricing_options };
}

/** @param fixed true keeps options with a fixed price, false keeps auctions */
export const withFixedPrice = (product: Product, fixed: boolean): Product | undefined =>
  pruned(product, (option) => (option.fixed_price !== undefined) === fixed);

/** Keeps options in these currencies. A product whose mandatory signals are sold in others only cannot be bought in them. */
export function inCurrencies(product: Product, currencies: readonly string[]): Product | undefined {
  if (!mandatorySignalsPayable(product, currencies)) return undefined;
  return pruned(product, (option) => currencies.includes(option.currency));
}

function mandatorySignalsPayable(
  { signal_targeting_options: options = [], signal_targeting_rules: rules }: Product,
  currencies: readonly string[],
): boolean {
  const payable = ({ pricing_options: prices = [] }: ProductSignalOption) =>
    prices.length === 0 || prices.some(({ currency }) => currency !== undefined && currencies.includes(currency));
  if (!options.every((option) => option.default_selected !== true || payable(option))) return false;
  switch (rules?.selection_mode) {
    case 'fixed':
      return options.every(payable);
    case 'required':
      return options.length === 0 || options.some(payable);
    default:
      return true;
  }
}

/** Whether the product can be had in the budget's currency without exceeding it. A product has no upper bound, so `min` excludes nothing. */
export function withinBudget(product: Product, { max, currency }: NonNullable<ProductFilters['budget_range']>): boolean {
  return product.pricing_options.some(
    (option) => option.currency === currency && (max === undefined || (option.min_spend_per_package ?? 0) <= max),
  );
}
