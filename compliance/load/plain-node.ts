import type { Location } from '../location.ts';
import type { YamlNode } from './yaml-node.ts';

/** The file that nodes point into. */
export interface PlainFile {
  readonly name: string;
  readonly lines: readonly string[];
}

/** Line and column, from 0. */
export interface Mark {
  readonly line: number;
  readonly column: number;
}

type Members = readonly (readonly [name: string, node: PlainNode])[];

/** What stands at a place, before it is known what it is a part of. */
export type PlainContent =
  | { readonly kind: 'scalar'; readonly value: unknown }
  | { readonly kind: 'map'; readonly value: Readonly<Record<string, unknown>>; readonly members: Members }
  | { readonly kind: 'list'; readonly value: readonly unknown[]; readonly items: readonly PlainNode[] };

export class PlainNode implements YamlNode {
  readonly #file: PlainFile;
  readonly #mark: Mark;
  readonly #content: PlainContent;

  constructor(file: PlainFile, mark: Mark, content: PlainContent) {
    this.#file = file;
    this.#mark = mark;
    this.#content = content;
  }

  get location(): Location {
    const { line, column } = this.#mark;
    return { file: this.#file.name, line: line + 1, column: column + 1, source: this.#file.lines[line] ?? '' };
  }

  get value(): unknown {
    return this.#content.value;
  }

  get isMap(): boolean {
    return this.#content.kind === 'map';
  }

  get isList(): boolean {
    return this.#content.kind === 'list';
  }

  member(key: string): YamlNode | undefined {
    return this.members().find(([name]) => name === key)?.[1];
  }

  members(): Members {
    return this.#content.kind === 'map' ? this.#content.members : [];
  }

  items(): readonly PlainNode[] {
    return this.#content.kind === 'list' ? this.#content.items : [];
  }
}

/** Thrown where a document is written in another way than the plain reader takes: the library reads it. */
export class NotPlain extends Error {}

/** A map of members. @throws NotPlain when a name comes twice, or is one that objects have anyway */
export function mapOf(members: Members): PlainContent {
  const value: Record<string, unknown> = {};
  for (const [name, node] of members) {
    if (name === '__proto__' || Object.hasOwn(value, name)) throw new NotPlain();
    value[name] = node.value;
  }
  return { kind: 'map', value, members };
}

export function listOf(items: readonly PlainNode[]): PlainContent {
  return { kind: 'list', value: items.map((item) => item.value), items };
}
