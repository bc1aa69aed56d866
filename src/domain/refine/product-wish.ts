/** Holds products to what a buyer's free text asks for. */
import type { Product } from '../../protocol/wire/core/product.ts';
import type { Features } from '../features.ts';
import { withFixedPrice } from '../pricing-filters.ts';
import { productWords, type WordField } from '../product-words.ts';
import { met, missed, type WishOutcome } from './outcome.ts';
import { clausesOf, type Clause, type Wish } from './wish.ts';

/** Where a word says what a product is, not what is said about it. */
const TELLING: ReadonlySet<WordField> = new Set(['channel', 'name', 'delivery', 'format', 'publisher']);

/** Whether one of the words names the product. */
export function isNamedBy(product: Product, words: readonly string[]): boolean {
  const vocabulary = productWords(product);
  return words.some((word) => vocabulary.has(word) && TELLING.has(vocabulary.get(word)!));
}

/** The product, perhaps with fewer prices, or nothing when the wish excludes it. What a wish says of plans alone excludes none. */
export function admitted(product: Product, wish: Wish): Product | undefined {
  switch (wish.kind) {
    case 'delivery_type':
      return product.delivery_type === wish.delivery_type ? product : undefined;
    case 'only':
      return isNamedBy(product, wish.words) ? product : undefined;
    case 'without':
      return isNamedBy(product, wish.words) ? undefined : product;
    case 'fixed_price':
      return withFixedPrice(product, wish.fixed);
    case 'highest_cpm': {
      const pricing_options = product.pricing_options.filter(({ pricing_model, fixed_price, floor_price }) =>
        (pricing_model === 'cpm' || pricing_model === 'vcpm') && (fixed_price ?? floor_price ?? 0) <= wish.amount);
      return pricing_options.length > 0 ? { ...product, pricing_options } : undefined;
    }
    case 'standard':
      return (product.performance_standards ?? []).some(({ metric, threshold }) =>
        metric === wish.metric && (metric === 'ivt' ? threshold <= wish.threshold : threshold >= wish.threshold)) ? product : undefined;
    case 'with': case 'share': case 'budget': case 'frequency_cap':
      return product;
  }
}

/** The products after an ask, with what became of each clause. A wish that no product fulfils leaves none out. */
export function productsAsked(
  products: readonly Product[], ask: string, features: Features,
): { readonly products: readonly Product[]; readonly outcomes: readonly WishOutcome[] } {
  let kept = products;
  const outcomes = clausesOf(ask).map((clause) => {
    const { products: left, outcome } = afterClause(kept, clause, features);
    kept = left;
    return outcome;
  });
  return { products: kept, outcomes };
}

function afterClause(products: readonly Product[], { text, wish }: Clause, features: Features): { products: readonly Product[]; outcome: WishOutcome } {
  if (wish === undefined) return { products, outcome: missed(`"${text}" was not understood and counts for nothing`) };
  switch (wish.kind) {
    case 'frequency_cap':
      return { products, outcome: features.frequency_capping ? met('Every product takes a frequency_cap in the targeting overlay of its package') : missed('This seller does not cap frequency') };
    case 'share': case 'budget':
      return { products, outcome: missed(`"${text}" is about money: say it of a proposal, or as the budget of a package`) };
    case 'with': {
      const [wanted, others] = [products.filter((product) => isNamedBy(product, wish.words)), products.filter((product) => !isNamedBy(product, wish.words))];
      return wanted.length === 0
        ? { products, outcome: missed(`No product here is named by ${wish.words.join(', ')}`) }
        : { products: [...wanted, ...others], outcome: met(`Products named by ${wish.words.join(', ')} stand first`) };
    }
    default: {
      const left = products.flatMap((product) => admitted(product, wish) ?? []);
      return left.length === 0
        ? { products, outcome: missed(`No product fulfils "${text}", so none was left out for it`) }
        : { products: left, outcome: met(`"${text}" is held by the ${left.length} of ${products.length} products that are left`) };
    }
  }
}
