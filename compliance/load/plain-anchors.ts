/** What a document names (`&name`) and says again (`*name`). */
import { NotPlain, type PlainContent } from './plain-node.ts';

const ANCHOR = /&([\w-]+)(?= |$)/y;
const ALIAS = /\*([\w-]+)(?=[ ,\]}]|$)/y;
/** What the library allows: how often something is said, times how often that says again what it holds itself. */
const MAX_WEIGHT = 100;

interface Named {
  readonly content: PlainContent;
  /** What it repeats itself. */
  readonly repeats: ReadonlySet<Named>;
  count: number;
  weight?: number;
}

export class PlainAnchors {
  readonly #named = new Map<string, Named>();
  readonly #begun = new Set<string>();
  /** What is repeated in each of the values that are being read, the innermost last. */
  readonly #open: Set<Named>[] = [];

  /** Whether a name or a repetition begins at a column. */
  static beginsAt(line: string, column: number): boolean {
    return line[column] === '&' || line[column] === '*';
  }

  /**
   * What begins with a name or is a repetition.
   * @param read what is named, given the column behind the name
   */
  read(line: string, column: number, read: (column: number) => PlainContent): { readonly content: PlainContent; readonly end?: number } {
    const [name, end] = this.#nameAt(line[column] === '&' ? ANCHOR : ALIAS, line, column);
    if (line[column] === '&') return { content: this.#anchored(name, () => read(end)) };
    const named = this.#named.get(name);
    if (named === undefined) throw new NotPlain();
    this.#count(named);
    return { content: named.content, end };
  }

  /** A name that comes twice is left to the library, and so is a value that grows too large. */
  #anchored(name: string, read: () => PlainContent): PlainContent {
    if (this.#begun.has(name)) throw new NotPlain();
    this.#begun.add(name);
    const repeats = new Set<Named>();
    this.#open.push(repeats);
    const content = read();
    this.#open.pop();
    this.#named.set(name, { content, repeats, count: 1 });
    return content;
  }

  #count(named: Named): void {
    named.count += 1;
    named.weight ??= Math.max(1, ...[...named.repeats].map(({ count, weight = 1 }) => count * weight));
    if (named.count * named.weight > MAX_WEIGHT) throw new NotPlain();
    for (const repeats of this.#open) repeats.add(named);
  }

  #nameAt(pattern: RegExp, line: string, column: number): readonly [name: string, end: number] {
    pattern.lastIndex = column;
    const found = pattern.exec(line);
    if (found === null) throw new NotPlain();
    return [found[1]!, column + found[0].length];
  }
}
