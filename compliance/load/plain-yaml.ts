/**
 * YAML that is written in the ordinary way, as nearly every storyboard is: block maps and lists, plain and quoted texts, blocks of text,
 * lists and maps in brackets, anchors and aliases of values. Many times as quick as the library, which does far more. Whatever is written in
 * another way (tags, tabs, several documents, texts that are quoted over lines) or wrong is left to the library, never guessed at.
 */
import { listOf, mapOf, type Mark, NotPlain, type PlainContent, type PlainFile, PlainNode } from './plain-node.ts';
import { PlainAnchors } from './plain-anchors.ts';
import { PlainFlow } from './plain-flow.ts';
import { beginsPlain, blockText, endsAt, keyAt, plainToEnd, plainValue, quotedAt } from './plain-scalar.ts';

/** Tabs, carriage returns, byte order marks and what cannot be printed. */
// oxlint-disable-next-line no-control-regex
const STRANGE = /[^\n\x20-\x7e\u{a0}-\u{d7ff}\u{e000}-\u{fefe}\u{ff00}-\u{fffd}\u{10000}-\u{10ffff}]/u;
/** The end of a document, another one, or a directive. */
const NO_BLOCK = /^(?:---|\.\.\.|%)/;
const BLOCK_HEADER = /^([|>])(-?)$/;
const MAX_DEPTH = 60;

/** The root of a document; undefined when the library has to read it. */
export function parsePlain(text: string, name: string): PlainNode | undefined {
  if (STRANGE.test(text)) return undefined;
  try {
    return new PlainReader({ name, lines: text.split('\n') }).read();
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

class PlainReader {
  readonly #file: PlainFile;
  readonly #anchors = new PlainAnchors();
  /** Column at which what is left of each line begins; undefined: nothing, or a comment. */
  readonly #starts: (number | undefined)[];
  #line: number;
  #depth = 0;

  constructor(file: PlainFile) {
    this.#file = file;
    this.#line = file.lines[0] === '---' ? 1 : 0;
    this.#starts = file.lines.map((text, at) => {
      if (at >= this.#line && NO_BLOCK.test(text)) throw new NotPlain();
      const start = startOf(text);
      return start === text.length || text[start] === '#' ? undefined : start;
    });
  }

  read(): PlainNode {
    this.#skip();
    if (this.#start !== 0 || (!this.#isItem && keyAt(this.#text, 0) === undefined)) throw new NotPlain();
    const content = this.#block(-1);
    if (this.#start !== undefined) throw new NotPlain();
    return new PlainNode(this.#file, { line: 0, column: 0 }, content);
  }

  get #text(): string {
    return this.#file.lines[this.#line]!;
  }

  /** Column of what comes next; undefined at the end. */
  get #start(): number | undefined {
    return this.#starts[this.#line];
  }

  get #isItem(): boolean {
    const [text, start] = [this.#text, this.#start!];
    return text[start] === '-' && (text[start + 1] === ' ' || text.length === start + 1);
  }

  get #mark(): Mark {
    return { line: this.#line, column: this.#start! };
  }

  #skip(): void {
    while (this.#line < this.#starts.length && this.#start === undefined) this.#line += 1;
  }

  /** What begins here, further in than `outside`. */
  #block(outside: number): PlainContent {
    const start = this.#start!;
    this.#depth += 1;
    if (start <= outside || this.#depth > MAX_DEPTH) throw new NotPlain();
    const content = this.#isItem ? this.#list(start) : keyAt(this.#text, start) === undefined ? this.#inline(start, outside) : this.#map(start);
    this.#depth -= 1;
    return content;
  }

  #list(indent: number): PlainContent {
    const items: PlainNode[] = [];
    for (this.#skip(); this.#start === indent && this.#isItem; this.#skip()) {
      const inner = startOf(this.#text, indent + 1);
      if (inner === this.#text.length || this.#text[inner] === '#') throw new NotPlain();
      this.#starts[this.#line] = inner;
      items.push(this.#text[inner] === '&' ? this.#namedItem(inner, indent) : this.#item(inner, indent));
    }
    this.#refuseDeeper(indent);
    return listOf(items);
  }

  #item(start: number, indent: number): PlainNode {
    const mark = this.#mark;
    const header = BLOCK_HEADER.exec(this.#text.slice(start));
    return new PlainNode(this.#file, mark, header === null ? this.#block(indent) : this.#blockScalar(header, indent));
  }

  /** An item stands where its value does, not where its name does. */
  #namedItem(start: number, indent: number): PlainNode {
    let mark = this.#mark;
    const text = this.#text;
    const { content } = this.#anchors.read(text, start, (behind) => {
      const column = startOf(text, behind);
      if (column < text.length) {
        mark = { line: this.#line, column };
        return this.#behindName(column, indent);
      }
      this.#line += 1;
      this.#skip();
      if (this.#start === undefined) throw new NotPlain();
      mark = this.#mark;
      return this.#block(indent);
    });
    return new PlainNode(this.#file, mark, content);
  }

  #map(indent: number): PlainContent {
    const members: [string, PlainNode][] = [];
    for (this.#skip(); this.#start === indent && !this.#isItem; this.#skip()) {
      const mark = this.#mark;
      const key = keyAt(this.#text, indent);
      if (key === undefined) throw new NotPlain();
      members.push([key.name, new PlainNode(this.#file, mark, this.#memberValue(key.end, indent))]);
    }
    this.#refuseDeeper(indent);
    return mapOf(members);
  }

  /** What comes behind a list or a map stands further out. */
  #refuseDeeper(indent: number): void {
    if (this.#start !== undefined && this.#start > indent) throw new NotPlain();
  }

  #memberValue(column: number, indent: number): PlainContent {
    const text = this.#text;
    if (endsAt(text, column)) return this.#below(indent);
    const start = startOf(text, column);
    const header = BLOCK_HEADER.exec(text.slice(start));
    return header === null ? this.#inline(start, indent) : this.#blockScalar(header, indent);
  }

  /** The value of a member of which nothing stands on the line of its name. */
  #below(indent: number): PlainContent {
    this.#line += 1;
    this.#skip();
    const start = this.#start;
    if (start !== undefined && (start > indent || (start === indent && this.#isItem))) return this.#block(Math.min(indent, start - 1));
    return { kind: 'scalar', value: null };
  }

  /** A scalar or brackets that begin at a column of this line. */
  #inline(column: number, outside: number): PlainContent {
    const character = this.#text[column];
    if (PlainAnchors.beginsAt(this.#text, column)) return this.#named(column, outside);
    if (character === '[' || character === '{') {
      const { content, next } = new PlainFlow(this.#file, this.#anchors, { line: this.#line, column }, outside).read();
      this.#line = next;
      return content;
    }
    if (character === '"' || character === "'") {
      const { value, end } = quotedAt(this.#text, column);
      if (!endsAt(this.#text, end)) throw new NotPlain();
      this.#line += 1;
      this.#refuseMore(outside);
      return { kind: 'scalar', value };
    }
    return this.#plain(column, outside);
  }

  /** A repetition, or a value behind its name: on the same line, or of a member on the lines below. */
  #named(column: number, outside: number): PlainContent {
    const text = this.#text;
    const { content, end } = this.#anchors.read(text, column, (behind) => {
      const start = startOf(text, behind);
      return start === text.length ? this.#below(outside) : this.#behindName(start, outside);
    });
    if (end === undefined) return content;
    if (!endsAt(text, end)) throw new NotPlain();
    this.#line += 1;
    this.#refuseMore(outside);
    return content;
  }

  /** A name before a member would be that of the member's name. */
  #behindName(column: number, outside: number): PlainContent {
    if (keyAt(this.#text, column) !== undefined || PlainAnchors.beginsAt(this.#text, column)) throw new NotPlain();
    return this.#inline(column, outside);
  }

  /** A plain text; lines below that stand further in than `outside` belong to it. */
  #plain(column: number, outside: number): PlainContent {
    if (!beginsPlain(this.#text, column)) throw new NotPlain();
    let { text, isClosed } = plainToEnd(this.#text, column);
    let isOneLine = true;
    for (this.#line += 1; !isClosed && this.#continues(outside); this.#line += 1) {
      const more = plainToEnd(this.#text, this.#start!);
      if (this.#isItem || this.#text[this.#start!] === '?') throw new NotPlain();
      text += ` ${more.text}`;
      isClosed = more.isClosed;
      isOneLine = false;
    }
    this.#refuseMore(outside);
    return { kind: 'scalar', value: isOneLine ? plainValue(text) : text };
  }

  #continues(outside: number): boolean {
    return this.#line < this.#starts.length && this.#start !== undefined && this.#start > outside;
  }

  /** What comes behind a scalar stands further out; a text that goes on behind an empty line or a comment is left to the library. */
  #refuseMore(outside: number): void {
    this.#skip();
    if (this.#start !== undefined && this.#start > outside) throw new NotPlain();
  }

  #blockScalar([, style, chomp]: RegExpExecArray, outside: number): PlainContent {
    const { lines } = this.#file;
    const from = this.#line + 1;
    const indent = startOf(lines[from] ?? '');
    let end = from;
    while (end < lines.length && (startOf(lines[end]!) === lines[end]!.length || startOf(lines[end]!) > outside)) end += 1;
    const own = lines.slice(from, end);
    while (own.length > 0 && own.at(-1)!.trim() === '') own.pop();
    if (own.length === 0 || indent <= outside || indent === lines[from]!.length) throw new NotPlain();
    if (own.some((line) => startOf(line) < indent && line.trim() !== '')) throw new NotPlain();
    this.#line = end;
    this.#skip();
    const text = blockText(own.map((line) => line.slice(indent)), style === '>');
    return { kind: 'scalar', value: chomp === '-' ? text : `${text}\n` };
  }
}

/** The first column at or behind one that is no space. */
function startOf(text: string, from = 0): number {
  let at = from;
  while (at < text.length && text[at] === ' ') at += 1;
  return at;
}
