/**
 * A block of YAML as lines: enough of the language to find members and items by their indentation. Whatever is written in
 * another way (flow style, anchors, tags, escapes, several documents) comes back undefined, never guessed at.
 */

interface Line {
  readonly indent: number;
  /** Without the indentation. */
  readonly text: string;
}

interface Part {
  readonly name: string;
  readonly head: string;
  readonly body: Line[];
}

const SPACE = 0x20;
/** The end of a document, or a directive. */
const NO_BLOCK = /^(?:---|\.\.\.|%)/;
const KEY = /^([A-Za-z_$][\w$-]*):(?: +(.*))?$/;
const ITEM = /^-(?: +(.*))?$/;
/** No number, boolean or null, nothing that YAML reads in another way. */
const PLAIN = /^(?!(?:true|false|null|yes|no|on|off)$)[A-Za-z][\w./-]*$/i;
const QUOTED = /^(?:"([^"\\]*)"|'([^']*)')$/;

export class YamlLines {
  /** What stands on the line of the key. */
  readonly #head: string;
  readonly #body: readonly Line[];

  private constructor(head: string, body: readonly Line[]) {
    this.#head = withoutComment(head);
    this.#body = body;
  }

  /** A whole document; undefined when it is none that lines can tell apart. */
  static document(text: string): YamlLines | undefined {
    const lines: Line[] = [];
    for (const raw of text.replace(/^---\r?\n/, '').split('\n')) {
      let indent = 0;
      while (raw.charCodeAt(indent) === SPACE) indent += 1;
      const line = raw.slice(indent).trimEnd();
      if (line === '' || line.startsWith('#')) continue;
      if (line !== line.trimStart() || (indent === 0 && NO_BLOCK.test(line))) return undefined;
      lines.push({ indent, text: line });
    }
    return new YamlLines('', lines);
  }

  get isEmpty(): boolean {
    return this.#body.length === 0 && this.#head === '';
  }

  get isEmptyList(): boolean {
    return this.#body.length === 0 && this.#head === '[]';
  }

  /** The members of a block map, in their order; undefined when it is none. */
  members(): ReadonlyMap<string, YamlLines> | undefined {
    const parts = this.#divide((_line, [name, head]) => ({ name: name!, head: head ?? '', body: [] }), KEY);
    const members = new Map(parts?.map(({ name, head, body }) => [name, new YamlLines(head, body)]));
    return members.size === parts?.length ? members : undefined;
  }

  /** The items of a block list; undefined when it is none. */
  items(): readonly YamlLines[] | undefined {
    const parts = this.#divide(({ indent, text }, [rest]) => (
      { name: '', head: '', body: rest === undefined ? [] : [{ indent: indent + text.length - rest.length, text: rest }] }
    ), ITEM);
    return parts?.map(({ body }) => new YamlLines('', body));
  }

  /** A plain or quoted word on one line; undefined when it is written otherwise. */
  word(): string | undefined {
    const lines = [...(this.#head === '' ? [] : [this.#head]), ...this.#body.map(({ text }) => withoutComment(text))];
    const [text = '', ...more] = lines;
    if (more.length > 0) return undefined;
    const quoted = QUOTED.exec(text);
    return quoted === null ? (PLAIN.test(text) ? text : undefined) : quoted[1] ?? quoted[2];
  }

  /** Divides the body at the lines of its own indentation, each of which has to begin a part; a list may stand as far out as its key. */
  #divide(begin: (line: Line, match: readonly (string | undefined)[]) => Part, pattern: RegExp): readonly Part[] | undefined {
    const first = this.#body[0];
    if (this.#head !== '' || first === undefined) return undefined;
    const parts: Part[] = [];
    for (const line of this.#body) {
      const match = line.indent === first.indent ? pattern.exec(line.text) : null;
      const last = parts.at(-1);
      if (match !== null) parts.push(begin(line, match.slice(1)));
      else if (last !== undefined && (line.indent > first.indent || (line.indent === first.indent && pattern === KEY && ITEM.test(line.text))))
        last.body.push(line);
      else return undefined;
    }
    return parts;
  }
}

/** No quantifier before the mark: a file of blanks takes no longer than any other. */
function withoutComment(text: string): string {
  const at = text.search(/(?:^| )#/);
  return at < 0 ? text : text.slice(0, at).trimEnd();
}
