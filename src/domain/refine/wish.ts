/**
 * What a buyer's free text asks for, clause by clause. A clause that is not understood stays unread, and the answer says so: an ask
 * is never called applied because it could not be read.
 */
import type { PERFORMANCE_STANDARD_METRICS } from '../../protocol/wire/core/measurement-terms.ts';
import type { DeliveryType } from '../../protocol/wire/core/product.ts';
import { spokenAmount, type SpokenAmount } from './money-words.ts';
import { tellingWords } from '../brief-words.ts';

export type Wish =
  | { readonly kind: 'delivery_type'; readonly delivery_type: DeliveryType }
  /** Products that one of the words names: nothing else, none of them, or these besides. */
  | { readonly kind: 'only' | 'without' | 'with'; readonly words: readonly string[] }
  | { readonly kind: 'fixed_price'; readonly fixed: boolean }
  | { readonly kind: 'highest_cpm'; readonly amount: number }
  /** So much of a plan for what the words name; what the plan gives up elsewhere when no percentage is told. */
  | { readonly kind: 'share'; readonly words: readonly string[]; readonly percent?: number }
  | { readonly kind: 'budget'; readonly budget: SpokenAmount }
  /** A share of 1; invalid traffic is bounded from above, everything else from below. */
  | { readonly kind: 'standard'; readonly metric: (typeof PERFORMANCE_STANDARD_METRICS)[number]; readonly threshold: number }
  | { readonly kind: 'frequency_cap' };

/** One clause of an ask, with what it was understood as. */
export interface Clause {
  readonly text: string;
  readonly wish?: Wish;
}

/** Verbs that begin a new clause behind an "and". */
const VERBS = 'add|allocate|avoid|cap|cut|drop|exclude|give|include|increase|keep|leave|lower|move|no|only|put|raise|reallocate|redistribute|reduce|remove|shift|skip|use|without';
const ENDS = new RegExp(String.raw`[.;!?](?=\s|$)|\n|,?\s+(?:and|but|then)\s+(?=(?:${VERBS})\b)|,\s+(?=(?:${VERBS})\b)`, 'giu');

/** Reads an ask. */
export function clausesOf(ask: string): Clause[] {
  return ask.split(ENDS).map((text) => text.trim()).filter((text) => text !== '').map((text) => {
    const wish = READERS.reduce<Wish | undefined>((read, reader) => read ?? reader(text.toLowerCase()), undefined);
    return wish === undefined ? { text } : { text, wish };
  });
}

type Reader = (clause: string) => Wish | undefined;

const STANDARDS: Readonly<Record<string, (typeof PERFORMANCE_STANDARD_METRICS)[number]>> = {
  'completion rate': 'completion_rate', vcr: 'completion_rate', viewability: 'viewability', viewable: 'viewability',
  'invalid traffic': 'ivt', ivt: 'ivt', 'brand safety': 'brand_safety', attention: 'attention_score',
};

/** The first that understands a clause has it: from what says most to what says least. */
const READERS: readonly Reader[] = [
  (clause) => {
    const [, name, percent] = new RegExp(String.raw`\b(${Object.keys(STANDARDS).join('|')})\b.*?(\d+(?:\.\d+)?)\s?(?:%|percent)`, 'u').exec(clause) ?? [];
    return name === undefined ? undefined : { kind: 'standard', metric: STANDARDS[name]!, threshold: Number(percent) / 100 };
  },
  (clause) => (/\bfrequency[- ]cap/u.test(clause) || /\bcap\b.*\bfrequency/u.test(clause) ? { kind: 'frequency_cap' } : undefined),
  (clause) => shareOf(/(\d{1,3}(?:\.\d+)?)\s?(?:%|percent\b).*?\b(?:to|into|on|for|in)\s+(.+)$/u.exec(clause), 1, 2),
  (clause) => shareOf(/\b(?:set|raise|increase|bring|cut|reduce|lower)\s+(.+?)\s+to\s+(\d{1,3}(?:\.\d+)?)\s?(?:%|percent)/u.exec(clause), 2, 1),
  (clause) => {
    const [, under, over] = /\bcpm\b.*?\b(?:under|below|less than|at most|no more than|up to|max(?:imum)?)\D{0,4}(\d+(?:\.\d+)?)|\b(?:under|below|less than|at most|no more than|up to|max(?:imum)?)\D{0,4}(\d+(?:\.\d+)?)\D{0,6}\bcpm\b/u.exec(clause) ?? [];
    const amount = under ?? over;
    return amount === undefined ? undefined : { kind: 'highest_cpm', amount: Number(amount) };
  },
  (clause) => {
    const budget = spokenAmount(clause);
    const moved = /\b(?:redistribute|reallocate|shift|move)\b.*?\b(?:to|into|towards?)\s+(.+)$/u.exec(clause);
    if (budget === undefined) return /\d\s?%/u.test(clause) ? undefined : shareOf(moved, undefined, 1);
    return moved ? undefined : { kind: 'budget', budget };
  },
  (clause) => named('without', /\b(?:drop|remove|no|without|exclude|excluding|except|skip|avoid|omit|leave out)\s+(.+)$/u.exec(clause)?.[1]),
  (clause) => (/\bnon[- ]?guaranteed\b/u.test(clause) ? { kind: 'delivery_type', delivery_type: 'non_guaranteed' } : undefined),
  (clause) => (/\bguaranteed\b/u.test(clause) ? { kind: 'delivery_type', delivery_type: 'guaranteed' } : undefined),
  (clause) => (/\bfixed[- ](?:price|priced|prices|rate|cpm)\b/u.test(clause) ? { kind: 'fixed_price', fixed: true } : undefined),
  (clause) => (/\b(?:auctions?|bidding|biddable)\b/u.test(clause) ? { kind: 'fixed_price', fixed: false } : undefined),
  (clause) => named('only', /\bonly\s+(.+)$/u.exec(clause)?.[1] ?? /^(.+?)\s+only$/u.exec(clause)?.[1]),
  (clause) => named('with', /\b(?:add|include|more|prefer|favou?r)\s+(.+)$/u.exec(clause)?.[1]),
];

function named(kind: 'only' | 'without' | 'with', text = ''): Wish | undefined {
  const words = tellingWords(text);
  return words.length > 0 ? { kind, words } : undefined;
}

function shareOf(match: RegExpExecArray | null, percent: number | undefined, group: number): Wish | undefined {
  const words = tellingWords(match?.[group] ?? '');
  if (match === null || words.length === 0) return undefined;
  if (percent === undefined) return { kind: 'share', words };
  const asked = Number(match[percent]);
  return asked <= 100 ? { kind: 'share', words, percent: asked } : undefined;
}
