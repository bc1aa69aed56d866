import { isObject, type JsonObject } from '../json/object.ts';
import type { LoadProblem, ProblemCode } from '../problem.ts';
import { MERGE_KEY } from './merge-keys.ts';
import type { YamlNode } from './yaml-node.ts';

/** Reads the members of one YAML map by type and notes, with its place, whatever does not fit. */
export class FieldReader {
  readonly node: YamlNode;
  readonly #problems: LoadProblem[];

  constructor(node: YamlNode, problems: LoadProblem[]) {
    this.node = node;
    this.#problems = problems;
  }

  /** The same list of problems, over another map. */
  over(node: YamlNode): FieldReader {
    return new FieldReader(node, this.#problems);
  }

  refuse(code: ProblemCode, message: string, wayOut: string, at: YamlNode = this.node): void {
    this.#problems.push({ code, severity: 'error', message, way_out: wayOut, location: at.location });
  }

  warn(code: ProblemCode, message: string, wayOut: string, at: YamlNode = this.node): void {
    this.#problems.push({ code, severity: 'warning', message, way_out: wayOut, location: at.location });
  }

  /** Says which members do nothing. `what` names the map that they stand in. */
  warnUnknown(known: ReadonlySet<string>, what: string): void {
    for (const [name, node] of this.node.members())
      if (!known.has(name) && name !== MERGE_KEY)
        this.warn('unknown_member', `${what} has no member ${JSON.stringify(name)}, so that it does nothing`, 'correct its name or remove it', node);
  }

  has(key: string): boolean {
    return this.node.member(key) !== undefined;
  }

  at(key: string): YamlNode {
    return this.node.member(key) ?? this.node;
  }

  value(key: string): unknown {
    return this.node.member(key)?.value ?? undefined;
  }

  /** Text, or a number or boolean that an author left unquoted. */
  text(key: string): string | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    this.#wrongType(key, 'text');
    return undefined;
  }

  requiredText(key: string): string {
    const text = this.text(key);
    if (text === undefined || text === '') this.refuse('missing_field', `${key} is missing`, `add \`${key}:\` here`, this.at(key));
    return text ?? '';
  }

  boolean(key: string): boolean {
    const value = this.value(key);
    if (value !== undefined && typeof value !== 'boolean') this.#wrongType(key, 'true or false');
    return value === true;
  }

  object(key: string): JsonObject | undefined {
    const value = this.value(key);
    if (value === undefined || isObject(value)) return value;
    this.#wrongType(key, 'a map');
    return undefined;
  }

  texts(key: string): readonly string[] {
    const value = this.value(key);
    if (value === undefined) return [];
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
    this.#wrongType(key, 'a list of texts');
    return [];
  }

  /** The maps of a list; anything else in it is refused. */
  maps(key: string): readonly FieldReader[] {
    const node = this.node.member(key);
    if (node === undefined || node.value === null) return [];
    if (!node.isList) {
      this.#wrongType(key, 'a list');
      return [];
    }
    return node.items().flatMap((item) => {
      if (item.isMap) return [this.over(item)];
      this.refuse('wrong_type', `an entry of ${key} is not a map`, 'write it as `name: value` members', item);
      return [];
    });
  }

  #wrongType(key: string, wanted: string): void {
    this.refuse('wrong_type', `${key} is not ${wanted}`, `write ${wanted}`, this.at(key));
  }
}
