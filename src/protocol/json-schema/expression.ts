/** Regular expressions of schemas, and how long looking for one can take. Both the pattern and the text are foreign. */
import type { Findings } from './check.ts';

/** Texts of which the answer is kept. */
const MAX_KEPT = 200;
const MAX_KEPT_LENGTH = 256;

export class Expression {
  readonly #pattern: RegExp;
  readonly #degree: number;
  readonly #kept = new Map<string, boolean>();

  constructor(source: string) {
    this.#pattern = new RegExp(source, 'u');
    this.#degree = degreeOf(source);
  }

  /** @throws TooMuch when it may take more than is left, before it takes it */
  test(text: string, findings: Findings): boolean {
    const kept = this.#kept.get(text);
    if (kept !== undefined) return kept;
    findings.spend(this.#pattern.source.length * text.length ** this.#degree);
    const found = this.#pattern.test(text);
    if (text.length <= MAX_KEPT_LENGTH && this.#kept.size < MAX_KEPT) this.#kept.set(text, found);
    return found;
  }
}

/** A class of characters, an escape, or one character. */
const ATOM = /\[(?:\\.|[^\]\\])*\]|\\(?:[pPu]\{[^}]*\}|.)|[^]/gu;
const QUANTIFIER = /^(?:[*+?]|\{\d+(?:,\d*)?\})/;

interface Group {
  /** Quantifiers in it. */
  choices: number;
  isDivided: boolean;
}

/**
 * The power of a text's length that looking for an expression in it stays below: a step for each quantifier. Infinity where something that can be
 * read in more than one way is repeated, or where a group is referred to: that may double with every character.
 */
export function degreeOf(source: string): number {
  const open: Group[] = [{ choices: source.startsWith('^') ? 0 : 1, isDivided: false }];
  ATOM.lastIndex = 0;
  for (let atom = ATOM.exec(source)?.[0]; atom !== undefined; atom = ATOM.exec(source)?.[0]) {
    if (/^\\[1-9k]/.test(atom)) return Infinity;
    const group = open.at(-1)!;
    if (atom === '(') open.push({ choices: 0, isDivided: false });
    else if (atom === '|') group.isDivided = true;
    const closed = atom === ')' ? open.pop()! : undefined;
    const quantifier = open.length > 0 && (closed !== undefined || !/^[(|?*+{]$/.test(atom)) ? QUANTIFIER.exec(source.slice(ATOM.lastIndex))?.[0] : undefined;
    const repeats = quantifier !== undefined && quantifier !== '?';
    if (open.length === 0 || (repeats && closed !== undefined && (closed.choices > 0 || closed.isDivided))) return Infinity;
    open.at(-1)!.choices += (closed?.choices ?? 0) + (quantifier === undefined || /^\{\d+\}$/.test(quantifier) ? 0 : 1);
    if (closed?.isDivided === true) open.at(-1)!.isDivided = true;
  }
  return open[0]!.choices + (open[0]!.isDivided ? 1 : 0);
}
