/** What the entries of `refine` about the whole and about products make of a search. Pure; free text is read as far as it goes. */
import type { Product } from '../../protocol/wire/core/product.ts';
import type { RefineEntry } from '../../protocol/wire/get-products.ts';
import type { Features } from '../features.ts';
import { ranked } from '../product-ranking.ts';
import { asksOf, type ProductEntry } from './entries.ts';
import { met, missed, type WishOutcome } from './outcome.ts';
import { productsAsked } from './product-wish.ts';

export interface Search {
  /** Everything on sale. */
  readonly feed: readonly Product[];
  /** What the filters leave of it. */
  readonly products: readonly Product[];
  readonly features: Features;
}

export interface RefinedProducts {
  /** Best first: what the entries name, what is like it, then the rest when the entries ask for more than what they name. */
  readonly products: readonly Product[];
  /** For each entry about the whole or a product what became of it, by its place in `refine`. */
  readonly outcomes: ReadonlyMap<number, readonly WishOutcome[]>;
}

export function refinedProducts(entries: readonly RefineEntry[], { feed, products, features }: Search): RefinedProducts {
  const outcomes = new Map<number, readonly WishOutcome[]>();
  const asks = asksOf(entries);
  let rest: readonly Product[] = ranked(products, asks === '' ? {} : { brief: asks }, new Set());
  for (const [at, entry] of entries.entries()) {
    if (entry.scope !== 'request') continue;
    const asked = productsAsked(rest, entry.ask, features);
    rest = asked.products;
    outcomes.set(at, asked.outcomes);
  }
  const first: Product[] = [];
  const gone = new Set<string>();
  for (const [at, entry] of entries.entries()) {
    if (entry.scope !== 'product') continue;
    const found = named(entry, { feed, products, features }, rest);
    first.push(...found.products);
    if (entry.action === 'omit') gone.add(entry.product_id);
    outcomes.set(at, found.outcomes);
  }
  const onlyNamed = first.length > 0 && !entries.some((entry) => entry.scope === 'request');
  const order = [...first, ...(onlyNamed ? [] : rest)].filter((product) => !gone.has(product.product_id));
  return { products: [...new Map(order.toReversed().map((product) => [product.product_id, product])).values()].toReversed(), outcomes };
}

/** What an entry about one product brings to the front. */
function named(entry: ProductEntry, { feed, products, features }: Search, rest: readonly Product[]): { products: readonly Product[]; outcomes: readonly WishOutcome[] } {
  const product = products.find(({ product_id }) => product_id === entry.product_id);
  if (product === undefined) {
    const filtered = feed.some(({ product_id }) => product_id === entry.product_id);
    return { products: [], outcomes: [missed(filtered ? 'The filters of this request exclude it' : 'It is not on offer')] };
  }
  const asked = entry.ask === undefined ? { products: [product], outcomes: [] } : productsAsked([product], entry.ask, features);
  switch (entry.action) {
    case 'omit':
      return { products: [], outcomes: [met('It is left out')] };
    case 'more_like_this': {
      const like = likeThis(product, rest);
      return { products: [...asked.products, ...like], outcomes: [like.length > 0 ? met(like.length === 1 ? 'One product like it follows' : `${like.length} products like it follow`) : missed('Nothing else on offer is like it'), ...asked.outcomes] };
    }
    default:
      return { products: asked.products, outcomes: asked.outcomes };
  }
}

/** Products that share a channel, those first that share most words with its name and description. */
function likeThis({ product_id, channels = [], name, description }: Product, among: readonly Product[]): Product[] {
  const alike = among.filter((other) => other.product_id !== product_id && (other.channels ?? []).some((channel) => channels.includes(channel)));
  return ranked(alike, { brief: `${name}. ${description}` }, new Set());
}
