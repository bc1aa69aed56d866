/**
 * Which products suit a brief best (seller specification §2.5). The rule, in the order in which it decides:
 *
 * 1. featured products stand first, in the catalogue's order;
 * 2. then by class of score, the better class first: a class holds the scores from one power of two to the next, so that only
 *    a clearly better match overturns the catalogue's order, and a lone word of a description never does;
 * 3. then the catalogue's order.
 *
 * The score is the sum, over the words of the brief, of the weight of the product's field that has the word (`FIELD_WEIGHTS`),
 * less the same for words that the brief negates, and a bonus for a preferred delivery type. Nothing is left out: what does not
 * match stands last.
 */
import type { DeliveryType, Product } from '../protocol/wire/core/product.ts';
import { briefWords, type BriefWords } from './brief-words.ts';
import { FIELD_WEIGHTS, productWords, type WordField } from './product-words.ts';
import { scoresOf } from './word-index.ts';

/** What a buyer says of what it wants. */
export interface RankingWish {
  readonly brief?: string;
  /** In order of preference. */
  readonly preferred_delivery_types?: readonly DeliveryType[];
}

const PREFERENCE_BONUS = 3;

/** The products, best first. */
export function ranked(products: readonly Product[], wish: RankingWish, featured: ReadonlySet<string>): Product[] {
  const scores = scoresOf(products, briefWords(wish.brief ?? ''));
  const tiers = new Map<number, Product[]>();
  for (let at = 0; at < products.length; at += 1) {
    const product = products[at]!;
    const tier = featured.has(product.product_id) ? Infinity : scoreClass(scores[at]! + preference(product, wish.preferred_delivery_types));
    const peers = tiers.get(tier);
    if (peers) peers.push(product);
    else tiers.set(tier, [product]);
  }
  return [...tiers].sort(([a], [b]) => (a === b ? 0 : b > a ? 1 : -1)).flatMap(([, peers]) => peers);
}

/** A product with what speaks for it, when there is a brief. */
export const explained = (product: Product, brief: string | undefined): Product =>
  brief === undefined ? product : { ...product, brief_relevance: relevance(matchOf(product, briefWords(brief))) };

interface Match {
  readonly hits: readonly { readonly word: string; readonly field: WordField }[];
  readonly misses: readonly string[];
}

function matchOf(product: Product, { wanted, unwanted }: BriefWords): Match {
  const vocabulary = productWords(product);
  const hits = wanted.flatMap((word) => (vocabulary.has(word) ? [{ word, field: vocabulary.get(word)! }] : []));
  return { hits, misses: unwanted.filter((word) => vocabulary.has(word)) };
}

function preference({ delivery_type }: Product, preferred: readonly DeliveryType[] = []): number {
  const place = preferred.indexOf(delivery_type);
  return place < 0 ? 0 : PREFERENCE_BONUS / (place + 1);
}

/** 0 for less than 2; 1 for 2 and 3; 2 for 4 to 7, and so on; below zero for what the brief does not want. */
const scoreClass = (score: number): number => (score < 0 ? -1 : score < 2 ? 0 : Math.floor(Math.log2(score)));

function relevance({ hits, misses }: Match): string {
  const found = (Object.keys(FIELD_WEIGHTS) as WordField[]).flatMap((field) => {
    const words = hits.filter((hit) => hit.field === field).map(({ word }) => word);
    return words.length > 0 ? [`${field}: ${words.join(', ')}`] : [];
  });
  const text =
    found.length > 0 ? `The brief names its ${found.join('; ')}.` : 'No word of the brief names it; it stands here in catalogue order.';
  return misses.length > 0 ? `${text} The brief does not want: ${misses.join(', ')}.` : text;
}
