/**
 * Holds documents against JSON Schemas of draft 7 by walking both. A schema that grades a handful of documents is worth no compilation:
 * only the parts that a document has are prepared, when it first has them. What it says is what Ajv says, issue for issue, in the same
 * order and in the same words; a differential test over every schema at hand holds it to that.
 */
import { GENERAL_RULES } from './combinations.ts';
import { type Check, Findings, fragmentPart, type Place, pointerOf, type Rule, type Schema, type SchemaObject } from './check.ts';
import { isOfType, typesOf } from './data-type.ts';
import type { SchemaIssue } from './issue.ts';
import { LIST_RULES } from './lists.ts';
import { NUMBER_RULES } from './numbers.ts';
import { OBJECT_RULES } from './objects.ts';
import { opened } from './opened.ts';
import { referencesIn, type SchemaFiles } from './schema-files.ts';
import { TEXT_RULES } from './texts.ts';
import { Understanding } from './understood.ts';

/** Keywords by the type of value that they look at, in Ajv's order. */
const GROUPS: readonly { readonly type: string; readonly rules: readonly Rule<never>[] }[] = [
  { type: 'number', rules: NUMBER_RULES }, { type: 'string', rules: TEXT_RULES }, { type: 'array', rules: LIST_RULES },
  { type: 'object', rules: OBJECT_RULES },
];
/** The root, and its arms. */
const OPENED = /^#(?:\/(?:oneOf|anyOf|allOf)\/\d+)*$/;
const ACCEPT: Check = () => true;

/** The prepared checks of one catalogue. */
export class SchemaInterpreter {
  readonly #files: SchemaFiles;
  readonly #understanding: Understanding;
  /** By the schema that a reference leads to. */
  readonly #entries = new Map<SchemaObject, Check>();
  readonly #opened = new Map<string, Check | undefined>();

  constructor(files: SchemaFiles) {
    this.#files = files;
    this.#understanding = new Understanding(files);
  }

  /**
   * Every issue of a document; undefined when the schema has to be left to another.
   * @param open ignore `additionalProperties: false` on the root and on its arms
   * @param effort steps that it may take
   * @throws TooMuch when it would take more
   */
  issues(ref: string, document: unknown, open: boolean, effort = Infinity): readonly SchemaIssue[] | undefined {
    if (!this.#understanding.covers(ref)) return undefined;
    const check = open ? this.#openedEntry(ref) : this.#entry(this.#files.schema(ref)!, ref);
    if (check === undefined) return undefined;
    const findings = new Findings(effort);
    if (check(document, undefined, findings)) return [];
    return findings.complaints.map(({ spot, ...rest }) => ({ instance_path: pointerOf(spot), ...rest }));
  }

  #entry(schema: SchemaObject, ref: string): Check {
    let found = this.#entries.get(schema);
    if (found === undefined) this.#entries.set(schema, (found = this.#whenUsed(schema, '#', ref)));
    return found;
  }

  /** A schema whose own references lead to what is opened is left to another. */
  #openedEntry(ref: string): Check | undefined {
    if (!this.#opened.has(ref)) {
      const root = this.#files.schema(ref)!;
      this.#opened.set(ref, [...referencesIn(root)].some((reference) => OPENED.test(reference)) ? undefined : this.#whenUsed(opened(root), '#', ref));
    }
    return this.#opened.get(ref);
  }

  #whenUsed(schema: Schema, path: string, ref: string): Check {
    let check: Check | undefined;
    return (value, spot, findings) => {
      findings.spend(1);
      return (check ??= this.#prepared(schema, path, ref))(value, spot, findings);
    };
  }

  #prepared(schema: Schema, path: string, ref: string): Check {
    if (typeof schema === 'boolean') return schema ? ACCEPT : refusing(path);
    const place: Place = {
      schema, path,
      part: (part, ...way) => this.#whenUsed(part, [path, ...way.map(fragmentPart)].join('/'), ref),
      target: (reference) => {
        const { ref: to, schema: target } = this.#files.follow(reference, ref)!;
        return this.#entry(target, to);
      },
    };
    const checks = [...typeFirst(schema, path), ...made(GENERAL_RULES, place), ...GROUPS.flatMap((group) => ofGroup(group, place))];
    if (checks.length <= 1) return checks[0] ?? ACCEPT;
    return (value, spot, findings) => {
      let holds = true;
      for (const check of checks) holds = check(value, spot, findings) && holds;
      return holds;
    };
  }
}

/** The type is looked at first, unless its own keywords are there to look at it. */
function typeFirst(schema: SchemaObject, path: string): readonly Check[] {
  const types = typesOf(schema);
  return types.length === 0 || isLookedAtLater(schema) ? [] : [ofType(schema, path)];
}

function isLookedAtLater(schema: SchemaObject): boolean {
  const [type, ...more] = typesOf(schema);
  const own = GROUPS.find((group) => group.type === type);
  return more.length === 0 && own !== undefined && isUsed(own.rules, schema);
}

function ofType(schema: SchemaObject, path: string): Check {
  const types = typesOf(schema);
  const complaint = { schema_path: `${path}/type`, keyword: 'type', message: `must be ${types.join(',')}`, params: { type: schema['type'] } };
  return (value, spot, findings) => types.some((type) => isOfType(value, type)) || findings.add({ ...complaint, spot });
}

/** The keywords of one type, which look at values of that type only. */
function ofGroup({ type, rules }: (typeof GROUPS)[number], place: Place): readonly Check[] {
  const checks = made(rules, place);
  const isWanted = typesOf(place.schema)[0] === type && isLookedAtLater(place.schema);
  if (checks.length === 0) return isWanted ? [ofType(place.schema, place.path)] : [];
  const otherwise = isWanted ? ofType(place.schema, place.path) : ACCEPT;
  return [(value, spot, findings) => {
    if (!isOfType(value, type)) return otherwise(value, spot, findings);
    let holds = true;
    for (const check of checks) holds = check(value as never, spot, findings) && holds;
    return holds;
  }];
}

const isUsed = (rules: readonly { readonly keyword: string }[], schema: SchemaObject): boolean => rules.some(({ keyword }) => schema[keyword] !== undefined);

const made = <T>(rules: readonly Rule<T>[], place: Place): readonly Check<T>[] =>
  rules.flatMap((rule) => (place.schema[rule.keyword] === undefined ? [] : rule.make(place) ?? []));

/** What the schema `false` says. */
function refusing(path: string): Check {
  const complaint = { schema_path: `${path}/false schema`, keyword: 'false schema', message: 'boolean schema is false', params: {} };
  return (_value, spot, findings) => findings.add({ ...complaint, spot });
}
