/**
 * Which products of a catalogue have a word, so that a brief is scored by the products that it hits and not by all there are. A
 * catalogue that nobody has indexed is scored product by product, with the same result.
 */
import type { Product } from '../protocol/wire/core/product.ts';
import type { BriefWords } from './brief-words.ts';
import { FIELD_WEIGHTS, productWords } from './product-words.ts';

interface Postings {
  /** Places in the catalogue. */
  readonly at: number[];
  readonly weight: number[];
}

const indexes = new WeakMap<readonly Product[], ReadonlyMap<string, Postings>>();

/** How many products are read between two pauses. */
const STEP = 100;

/**
 * Reads a catalogue that will be searched often, in steps between which others may work.
 * @param pause lets others work
 * @param products nobody changes them in place
 */
export async function indexCatalogue(products: readonly Product[], pause: () => Promise<void>): Promise<void> {
  const index = new Map<string, Postings>();
  for (const [at, product] of products.entries()) {
    if (at % STEP === STEP - 1) await pause();
    for (const [word, field] of productWords(product)) {
      const postings = index.get(word) ?? { at: [], weight: [] };
      postings.at.push(at);
      postings.weight.push(FIELD_WEIGHTS[field]);
      index.set(word, postings);
    }
  }
  indexes.set(products, index);
}

/** For each product the sum of the weights of the words that it has, less those of the words that are not wanted. */
export function scoresOf(products: readonly Product[], words: BriefWords): ArrayLike<number> {
  const index = indexes.get(products);
  if (index === undefined) return products.map((product) => scoreOf(product, words));
  const scores = new Float64Array(products.length);
  const count = (word: string, sign: 1 | -1) => {
    const { at, weight } = index.get(word) ?? { at: [], weight: [] };
    for (let nth = 0; nth < at.length; nth += 1) scores[at[nth]!]! += sign * weight[nth]!;
  };
  for (const word of words.wanted) count(word, 1);
  for (const word of words.unwanted) count(word, -1);
  return scores;
}

function scoreOf(product: Product, { wanted, unwanted }: BriefWords): number {
  const vocabulary = productWords(product);
  const weight = (word: string) => {
    const field = vocabulary.get(word);
    return field === undefined ? 0 : FIELD_WEIGHTS[field];
  };
  return wanted.reduce((sum, word) => sum + weight(word), 0) - unwanted.reduce((sum, word) => sum + weight(word), 0);
}
