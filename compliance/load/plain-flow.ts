/** Lists and maps in brackets, over one line or several. */
import { PlainAnchors } from './plain-anchors.ts';
import { beginsPlain, endsAt, keyAt, plainValue, quotedAt } from './plain-scalar.ts';
import { listOf, mapOf, type Mark, NotPlain, type PlainContent, type PlainFile, PlainNode } from './plain-node.ts';

/** A plain text up to what ends it in brackets. */
const PLAIN = /(?:[^,[\]{}:#]|:(?![\s,[\]{}]|$)|(?<=\S)#)*/y;
const MAX_DEPTH = 50;

export class PlainFlow {
  readonly #file: PlainFile;
  readonly #anchors: PlainAnchors;
  /** Lines below the first have to stand further in than this. */
  readonly #outside: number;
  #line: number;
  #column: number;
  #depth = 0;

  constructor(file: PlainFile, anchors: PlainAnchors, { line, column }: Mark, outside: number) {
    this.#file = file;
    this.#anchors = anchors;
    this.#outside = outside;
    this.#line = line;
    this.#column = column;
  }

  /** What stands in the brackets, and the line behind it. @throws NotPlain */
  read(): { readonly content: PlainContent; readonly next: number } {
    const content = this.#value();
    if (!endsAt(this.#text, this.#column)) throw new NotPlain();
    return { content, next: this.#line + 1 };
  }

  get #text(): string {
    return this.#file.lines[this.#line]!;
  }

  get #here(): string | undefined {
    return this.#text[this.#column];
  }

  /** Goes on to what comes next, on a line below as well. */
  #skip(): void {
    while (this.#here === ' ' || this.#here === undefined) {
      if (this.#here === ' ') {
        this.#column += 1;
        continue;
      }
      this.#line += 1;
      this.#column = 0;
      const text = this.#file.lines[this.#line];
      if (text === undefined || text.length - text.trimStart().length <= this.#outside) throw new NotPlain();
    }
  }

  #value(): PlainContent {
    switch (this.#here) {
      case '[': return listOf(this.#entries(']', () => this.#item()));
      case '{': return mapOf(this.#entries('}', () => this.#member()));
      case '"': case "'": {
        const { value, end } = quotedAt(this.#text, this.#column);
        this.#column = end;
        return { kind: 'scalar', value };
      }
      case '&': case '*': return this.#named();
      default: return this.#plain();
    }
  }

  #entries<T>(closing: string, read: () => T): readonly T[] {
    const entries: T[] = [];
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new NotPlain();
    this.#column += 1;
    for (this.#skip(); this.#here !== closing; this.#skip()) {
      entries.push(read());
      this.#skip();
      if (this.#here === ',') this.#column += 1;
      else if (this.#here !== closing) throw new NotPlain();
    }
    this.#column += 1;
    this.#depth -= 1;
    return entries;
  }

  #item(): PlainNode {
    const mark = { line: this.#line, column: this.#column };
    if (this.#here === '&') throw new NotPlain();
    return new PlainNode(this.#file, mark, this.#value());
  }

  #member(): readonly [string, PlainNode] {
    const mark = { line: this.#line, column: this.#column };
    const key = keyAt(this.#text, this.#column);
    if (key === undefined) throw new NotPlain();
    this.#column = key.end;
    this.#skip();
    return [key.name, new PlainNode(this.#file, mark, this.#value())];
  }

  #named(): PlainContent {
    const { content, end } = this.#anchors.read(this.#text, this.#column, (column) => {
      this.#column = column;
      this.#skip();
      if (PlainAnchors.beginsAt(this.#text, this.#column)) throw new NotPlain();
      return this.#value();
    });
    this.#column = end ?? this.#column;
    return content;
  }

  #plain(): PlainContent {
    if (!beginsPlain(this.#text, this.#column)) throw new NotPlain();
    PLAIN.lastIndex = this.#column;
    const text = PLAIN.exec(this.#text)![0];
    this.#column += text.length;
    return { kind: 'scalar', value: plainValue(text.trimEnd()) };
  }
}
