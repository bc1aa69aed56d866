/** The parts of a plan: which products, at which price, with how much of the budget. */
import type { PricingOption } from '../../protocol/wire/core/pricing-option.ts';
import type { Product } from '../../protocol/wire/core/product.ts';
import type { ProductAllocation, Proposal } from '../../protocol/wire/core/proposal.ts';
import { minorDigits, roundTo, split } from '../money.ts';

/** A product of a plan with the weight that it has there. */
export interface PlanPart {
  readonly product: Product;
  readonly weight: number;
  /** Why it is there. */
  readonly rationale?: string;
}

/** The price at which a plan buys a product: a fixed one before an auction. */
export function planPrice({ pricing_options }: Product, currency: string): PricingOption | undefined {
  const payable = pricing_options.filter((option) => option.currency === currency);
  return payable.find(({ fixed_price }) => fixed_price !== undefined) ?? payable[0];
}

/** Whether a plan can buy a product as it stands; some have to be told which signals to use. */
export const isPlannable = (product: Product, currency: string): boolean =>
  planPrice(product, currency) !== undefined && product.signal_targeting_rules?.selection_mode !== 'required';

/** Whole percentages that add up to 100. Parts that round to nothing fall out. */
export function allocationsOf(parts: readonly PlanPart[], currency: string): ProductAllocation[] {
  return split(100, parts.map(({ weight }) => weight)).flatMap((allocation_percentage, at) => {
    const { product, rationale } = parts[at]!;
    if (allocation_percentage === 0) return [];
    return [{
      product_id: product.product_id, allocation_percentage, pricing_option_id: planPrice(product, currency)!.pricing_option_id,
      ...(rationale === undefined ? {} : { rationale }),
    }];
  });
}

/** The least budget of which every part reaches the least spend of its price. Major units, rounded up to whole ones. */
export function leastBudget(allocations: readonly ProductAllocation[], products: readonly Product[]): number {
  return Math.max(0, ...allocations.map(({ product_id, pricing_option_id, allocation_percentage }) => {
    const option = products.find((product) => product.product_id === product_id)?.pricing_options.find((each) => each.pricing_option_id === pricing_option_id);
    return Math.ceil(((option?.min_spend_per_package ?? 0) * 100) / allocation_percentage);
  }));
}

/** The budget of each part, in whole minor units of the currency; together they are the whole. */
export function partBudgets({ allocations }: Pick<Proposal, 'allocations'>, amount: number, currency: string): number[] {
  const digits = minorDigits(currency);
  return split(Math.round(amount * 10 ** digits), allocations.map(({ allocation_percentage }) => allocation_percentage)).map((part) => roundTo(part / 10 ** digits, digits));
}
