/** YAML with the place of every node kept, so that each message can point at the line that it is about. */
import type { Location } from '../location.ts';
import type { LoadProblem } from '../problem.ts';
import { parseWithLibrary } from './library-yaml.ts';
import { parsePlain } from './plain-yaml.ts';

/** A node of a document, or the place where one would stand. */
export interface YamlNode {
  /** Where it begins: at its key, when it is a member of a map. */
  readonly location: Location;
  /** The plain value, with aliases expanded; null where nothing stands. */
  readonly value: unknown;
  readonly isMap: boolean;
  readonly isList: boolean;
  member(key: string): YamlNode | undefined;
  /** Of a map, in the order of the file; of anything else none. */
  members(): readonly (readonly [name: string, node: YamlNode])[];
  /** Of a list; of anything else none. */
  items(): readonly YamlNode[];
}

export type ParsedYaml =
  | { readonly kind: 'root'; readonly root: YamlNode }
  /** `id` is what could still be read of the file. */
  | { readonly kind: 'broken'; readonly problems: readonly LoadProblem[]; readonly id?: string };

/** Parses one document. Every syntax error comes back with its place. */
export function parseYaml(text: string, name: string): ParsedYaml {
  const root = parsePlain(text, name);
  return root === undefined ? parseWithLibrary(text, name) : { kind: 'root', root };
}
