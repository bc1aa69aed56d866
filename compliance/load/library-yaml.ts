/** YAML as the library reads it, all of it: what is written in the ordinary way is read by `plain-yaml.ts`. */
import type { Alias, Document, LineCounter, Node } from 'yaml';
import { own } from '../json/object.ts';
import type { Location } from '../location.ts';
import type { LoadProblem } from '../problem.ts';
import { yaml } from './yaml-library.ts';
import type { ParsedYaml, YamlNode } from './yaml-node.ts';

/** Expanding more aliases than this is refused (a few lines can otherwise stand for gigabytes). */
const MAX_ALIASES = 100;

interface YamlFile {
  readonly name: string;
  readonly document: Document;
  readonly lines: readonly string[];
  readonly counter: LineCounter;
  /** What each alias stands for. */
  readonly targets: ReadonlyMap<Alias, Node>;
}

/** Parses one document. Every syntax error comes back with its place. */
export function parseWithLibrary(text: string, name: string): ParsedYaml {
  try {
    return parseDocumentOf(text, name);
  } catch (error) {
    const problem: LoadProblem = {
      code: 'yaml_syntax', severity: 'error', message: `the file cannot be parsed: ${error instanceof Error ? error.message : String(error)}`,
      way_out: 'nest less deeply', location: { file: name, line: 1, column: 1, source: text.slice(0, text.indexOf('\n') >>> 0).slice(0, 200) },
    };
    return { kind: 'broken', problems: [problem] };
  }
}

function parseDocumentOf(text: string, name: string): ParsedYaml {
  const counter = new (yaml().LineCounter)();
  const document = yaml().parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const file: YamlFile = { name, document, lines: text.split(/\r?\n/), counter, targets: targetsOf(document) };
  const problems = document.errors.map((error): LoadProblem => ({
    code: 'yaml_syntax', severity: 'error', message: error.code === 'MULTIPLE_DOCS' ? 'a second document begins here' : error.message, way_out: 'correct the YAML at this place',
    location: locate(file, error.pos[0]),
  }));
  const root = new LibraryNode(file, document.contents as Node | null, 0);
  if (problems.length === 0) problems.push(...aliasProblem(root));
  if (problems.length === 0) return { kind: 'root', root };
  const id = yaml().isMap(document.contents) ? document.contents.get('id') : undefined;
  return { kind: 'broken', problems, ...(typeof id === 'string' && { id }) };
}

/** One walk for all aliases; the library's own look-up walks the whole document for each of them. */
function targetsOf(document: Document): ReadonlyMap<Alias, Node> {
  const targets = new Map<Alias, Node>();
  const anchored = new Map<string, Node>();
  yaml().visit(document, {
    Node(_key, node) {
      const target = yaml().isAlias(node) ? anchored.get(node.source) : undefined;
      if (target !== undefined) targets.set(node as Alias, target);
      else if ('anchor' in node && typeof node.anchor === 'string') anchored.set(node.anchor, node as Node);
    },
  });
  return targets;
}

function aliasProblem(root: LibraryNode): LoadProblem[] {
  try {
    void root.value;
    return [];
  } catch (error) {
    return [{
      code: 'yaml_syntax', severity: 'error', message: error instanceof Error ? error.message : 'aliases cannot be expanded',
      way_out: `write the repeated part out (at most ${MAX_ALIASES} alias expansions)`, location: root.location,
    }];
  }
}

class LibraryNode implements YamlNode {
  readonly #file: YamlFile;
  readonly #node: Node | null;
  /** Where the node begins: its key, when it is a member of a map. */
  readonly #offset: number;
  #members: readonly (readonly [name: string, node: YamlNode])[] | undefined;
  #value: { readonly of: unknown } | undefined;
  /** The plain value of what this is a part of holds that of this one. */
  readonly #within: (() => unknown) | undefined;

  constructor(file: YamlFile, node: Node | null, offset: number, within?: () => unknown) {
    this.#file = file;
    this.#node = yaml().isAlias(node) ? (file.targets.get(node) ?? null) : node;
    this.#offset = offset;
    this.#within = within;
  }

  get location(): Location {
    return locate(this.#file, this.#offset);
  }

  get value(): unknown {
    this.#value ??= { of: this.#within === undefined ? (this.#node?.toJS(this.#file.document, { maxAliasCount: MAX_ALIASES }) ?? null) : this.#within() };
    return this.#value.of;
  }

  get isMap(): boolean {
    return yaml().isMap(this.#node);
  }

  get isList(): boolean {
    return yaml().isSeq(this.#node);
  }

  member(key: string): YamlNode | undefined {
    return this.members().find(([name]) => name === key)?.[1];
  }

  members(): readonly (readonly [name: string, node: YamlNode])[] {
    this.#members ??= this.#readMembers();
    return this.#members;
  }

  #readMembers(): readonly (readonly [name: string, node: YamlNode])[] {
    if (!yaml().isMap(this.#node)) return [];
    return this.#node.items.map((pair) => {
      const key = pair.key as Node;
      const name = String(yaml().isScalar(key) ? key.value : key);
      return [name, new LibraryNode(this.#file, pair.value as Node | null, key.range?.[0] ?? this.#offset, () => own(this.value, name) ?? null)] as const;
    });
  }

  items(): readonly YamlNode[] {
    if (!yaml().isSeq(this.#node)) return [];
    return this.#node.items.map((item, at) =>
      new LibraryNode(this.#file, item as Node, (item as Node).range?.[0] ?? this.#offset, () => (this.value as readonly unknown[])[at] ?? null));
  }
}

function locate(file: YamlFile, offset: number): Location {
  const { line, col } = file.counter.linePos(offset);
  return { file: file.name, line: Math.max(line, 1), column: Math.max(col, 1), source: file.lines[line - 1] ?? '' };
}
