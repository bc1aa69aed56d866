/** The words of a brief that say something about inventory. */

/** Words that every brief has and no product is told apart by. */
const NOISE = new Set(
  (
    'a about across ad ads advertise advertiser advertisers advertising all also am an and any are as at audience be best budget buy by campaign campaigns can ' +
    'content for flight from good have i if in inventory is it its just like looking me more most my need needs new of on one only or our over please ' +
    'plan premium product products publisher publishers q1 q2 q3 q4 run so some such than that the their them these they this to under us usd want we what ' +
    'where which who will with would you your'
  ).split(' '),
);

const NEGATORS = new Set(['no', 'not', 'without', 'excluding', 'except', 'exclude']);
const ARTICLES = new Set(['a', 'an', 'any', 'the']);

/** What a brief asks for and what it does not want, as plain words. */
export interface BriefWords {
  /** Each once, in the order of the brief. */
  readonly wanted: readonly string[];
  /** Words right behind a negation: "no display". */
  readonly unwanted: readonly string[];
}

/** Cuts a text into plain words: lower case, without accents or plural, sizes as `300x250`. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('×', 'x');
  const joined = plain
    .replace(/\bnon[\s_-]*guaranteed\b/g, 'nonguaranteed')
    .replace(/\bout[\s-]of[\s-]home\b/g, 'ooh')
    .replace(/\bpre[\s-]roll\b/g, 'preroll');
  return (joined.match(/[\p{L}\p{N}]+/gu) ?? []).map(singular);
}

const telling = (word: string): boolean => word.length > 1 && !NOISE.has(word) && !NEGATORS.has(word);

/** The words of a text that tell inventory apart, each once, whether it wants them or not. */
export const tellingWords = (text: string): string[] => [...new Set(wordsOf(text))].filter(telling);

/** Reads a brief. A word that is negated once is unwanted, wherever else it stands. */
export function briefWords(brief: string): BriefWords {
  const words = wordsOf(brief);
  const unwanted = new Set(words.filter((word, at) => telling(word) && isNegated(words, at)));
  return { wanted: [...new Set(words)].filter((word) => telling(word) && !unwanted.has(word)), unwanted: [...unwanted] };
}

function isNegated(words: readonly string[], at: number): boolean {
  const before = ARTICLES.has(words[at - 1] ?? '') ? words[at - 2] : words[at - 1];
  return before !== undefined && NEGATORS.has(before);
}

/** Enough for a look-up: "videos" and "video" meet, "sports" and "sport" do too. */
const singular = (word: string): string => (word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word);
