/**
 * Structured HTTP fields (RFC 8941), as far as signatures use them: dictionaries of inner lists, strings, integers and bytes.
 * Reading is strict: a dictionary that names a key twice, a bare word where a text belongs, or anything left over is malformed.
 * Bytes are read in both alphabets of Base64, since AdCP writes base64url without padding, but not in a mixture of them.
 */

export type Bare =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'bytes'; readonly value: Buffer }
  | { readonly kind: 'token'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean };

export type Parameters = ReadonlyMap<string, Bare>;

export interface Item {
  readonly kind: 'item';
  readonly bare: Bare;
  readonly parameters: Parameters;
}

export interface InnerList {
  readonly kind: 'list';
  readonly items: readonly Item[];
  readonly parameters: Parameters;
  /** The list with its parameters as it was written: signatures cover it byte for byte. */
  readonly text: string;
}

export type Dictionary = ReadonlyMap<string, Item | InnerList>;

/** The members of a dictionary field, undefined when it is malformed. */
export function parseDictionary(field: string): Dictionary | undefined {
  try {
    return new FieldParser(field).dictionary();
  } catch (error) {
    if (error instanceof MalformedField) return undefined;
    throw error;
  }
}

class MalformedField extends Error {}

const KEY = /[a-z*][a-z0-9_.*-]*/y;
const STRING = /"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"/y;
const INTEGER = /-?\d{1,15}(?![\d.])/y;
const BYTES = /:([A-Za-z0-9+/_-]*={0,2}):/y;
const TOKEN = /[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*/y;
const BOOLEAN = /\?([01])/y;
const SPACES = / */y;
const GAP = /[ \t]*/y;

class FieldParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text.trim();
  }

  dictionary(): Dictionary {
    const members = new Map<string, Item | InnerList>();
    while (this.#at < this.#text.length) {
      const key = this.#take(KEY)[0];
      if (members.has(key)) throw new MalformedField();
      members.set(key, this.#skip('=') ? this.#member() : this.#flag());
      this.#take(GAP);
      if (this.#at === this.#text.length) break;
      this.#need(',');
      this.#take(GAP);
      if (this.#at === this.#text.length) throw new MalformedField();
    }
    return members;
  }

  #member(): Item | InnerList {
    return this.#text[this.#at] === '(' ? this.#innerList() : this.#item();
  }

  #flag(): Item {
    return { kind: 'item', bare: { kind: 'boolean', value: true }, parameters: this.#parameters() };
  }

  #innerList(): InnerList {
    const from = this.#at;
    this.#need('(');
    const items: Item[] = [];
    for (this.#take(SPACES); !this.#skip(')'); this.#take(SPACES)) {
      if (items.length > 0 && this.#text[this.#at - 1] !== ' ') throw new MalformedField();
      items.push(this.#item());
    }
    const parameters = this.#parameters();
    return { kind: 'list', items, parameters, text: this.#text.slice(from, this.#at) };
  }

  #item(): Item {
    return { kind: 'item', bare: this.#bare(), parameters: this.#parameters() };
  }

  #parameters(): Parameters {
    const found = new Map<string, Bare>();
    while (this.#skip(';')) {
      this.#take(SPACES);
      const key = this.#take(KEY)[0];
      if (found.has(key)) throw new MalformedField();
      found.set(key, this.#skip('=') ? this.#bare() : { kind: 'boolean', value: true });
    }
    return found;
  }

  #bare(): Bare {
    switch (this.#text[this.#at]) {
      case '"': return { kind: 'string', value: this.#take(STRING)[1]!.replaceAll(/\\(["\\])/g, '$1') };
      case ':': return { kind: 'bytes', value: decodeBytes(this.#take(BYTES)[1]!) };
      case '?': return { kind: 'boolean', value: this.#take(BOOLEAN)[1] === '1' };
      default:
        return /[-\d]/.test(this.#text[this.#at] ?? '')
          ? { kind: 'integer', value: Number(this.#take(INTEGER)[0]) }
          : { kind: 'token', value: this.#take(TOKEN)[0] };
    }
  }

  #take(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) throw new MalformedField();
    this.#at += found[0].length;
    return found;
  }

  #skip(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  #need(char: string): void {
    if (!this.#skip(char)) throw new MalformedField();
  }
}

function decodeBytes(text: string): Buffer {
  if (/[-_]/.test(text) && /[+/]/.test(text)) throw new MalformedField();
  return Buffer.from(text, 'base64url');
}
