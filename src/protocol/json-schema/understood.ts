/**
 * Which schemas the interpreter takes: those that are written as draft 7 has it, with the keywords that AdCP uses. Whatever is written
 * in another way is left to Ajv, which knows more, and says what is wrong with a schema that is wrong.
 */
import type { SchemaObject } from './check.ts';
import { DATA_TYPES } from './data-type.ts';
import { referencesIn, type SchemaFiles, splitReference } from './schema-files.ts';

const DRAFT_7 = /^http:\/\/json-schema\.org\/draft-07\/schema#?$/;
/** A file, by a name that no URI parser would change, and a place in it where a schema stands. */
const REFERENCE = new RegExp(String.raw`^[\w./:-]*(?:#(?:/(?:(?:definitions|\$defs|properties)/[\w.-]+|(?:oneOf|anyOf|allOf)/\d+|items|not|if|then|else|additionalProperties))*)?$`);
/** Keywords that mean something to Ajv and nothing here, or that an id of its own changes. */
const FOREIGN: ReadonlySet<string> = new Set([
  '$async', '$anchor', '$dynamicAnchor', '$dynamicRef', '$recursiveRef', '$recursiveAnchor', 'id', 'nullable',
  'formatMaximum', 'formatMinimum', 'formatExclusiveMaximum', 'formatExclusiveMinimum', '__proto__',
]);

type Shape = (value: unknown, below: (schema: unknown) => boolean) => boolean;

const isObject = (value: unknown): value is SchemaObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText: Shape = (value) => typeof value === 'string';
const isNumber: Shape = (value) => typeof value === 'number';
const isCount: Shape = (value) => Number.isInteger(value) && (value as number) >= 0;
const isFlag: Shape = (value) => typeof value === 'boolean';
const isPattern = (value: unknown): boolean => {
  if (typeof value !== 'string' || value.includes('\\Z')) return false;
  try {
    return new RegExp(value, 'u') instanceof RegExp;
  } catch {
    return false;
  }
};
const isSchema: Shape = (value, below) => below(value);
const isSchemas: Shape = (value, below) => Array.isArray(value) && value.length > 0 && value.every(below);
const isNames = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => typeof each === 'string') && new Set(value).size === value.length;
const isSchemaMap: Shape = (value, below) => isObject(value) && !Object.hasOwn(value, '__proto__') && Object.values(value).every(below);
const isPlainValue: Shape = (value) => !mentions(value);

/** What each keyword has to look like. Others are remarks. */
const SHAPES: ReadonlyMap<string, Shape> = new Map(Object.entries<Shape>({
  $schema: (value) => typeof value === 'string' && DRAFT_7.test(value), $id: isText, $comment: isText, title: isText, description: isText,
  readOnly: isFlag, contentMediaType: isText, contentEncoding: isText, examples: (value) => Array.isArray(value),
  $ref: (value) => typeof value === 'string' && REFERENCE.test(value),
  type: (value) => DATA_TYPES.has(value) || (isNames(value) && (value as string[]).length > 0 && (value as string[]).every((each) => DATA_TYPES.has(each))),
  const: isPlainValue, enum: (value, below) => Array.isArray(value) && value.length > 0 && isPlainValue(value, below),
  maximum: isNumber, minimum: isNumber, exclusiveMaximum: isNumber, exclusiveMinimum: isNumber,
  multipleOf: (value) => typeof value === 'number' && value > 0,
  maxLength: isCount, minLength: isCount, maxItems: isCount, minItems: isCount, maxProperties: isCount, minProperties: isCount,
  pattern: isPattern, format: isText, uniqueItems: isFlag, required: isNames,
  not: isSchema, if: isSchema, then: isSchema, else: isSchema, contains: isSchema, propertyNames: isSchema,
  additionalProperties: isSchema, additionalItems: isSchema,
  anyOf: isSchemas, oneOf: isSchemas, allOf: isSchemas,
  items: (value, below) => (Array.isArray(value) ? isSchemas(value, below) : below(value)),
  properties: isSchemaMap, definitions: isSchemaMap, $defs: isSchemaMap,
  patternProperties: (value, below) => isSchemaMap(value, below) && Object.keys(value as object).every(isPattern),
  dependencies: (value, below) =>
    isObject(value) && !Object.hasOwn(value, '__proto__') && Object.values(value).every((each) => (Array.isArray(each) ? isNames(each) : below(each))),
}));

/** What is known of the files of one catalogue. */
export class Understanding {
  readonly #files: SchemaFiles;
  /** Of each file, whether it can be taken, and the files that it names. */
  readonly #known = new Map<string, readonly string[] | 'foreign'>();

  constructor(files: SchemaFiles) {
    this.#files = files;
  }

  /** Whether a file and everything that it refers to, first to last, is written so that the interpreter takes it. */
  covers(ref: string): boolean {
    const reached = new Set([ref]);
    for (const each of reached) {
      const named = this.#file(each);
      if (named === 'foreign') return false;
      for (const next of named) reached.add(next);
    }
    return true;
  }

  #file(ref: string): readonly string[] | 'foreign' {
    let found = this.#known.get(ref);
    if (found === undefined) this.#known.set(ref, (found = this.#read(ref)));
    return found;
  }

  #read(ref: string): readonly string[] | 'foreign' {
    const schema = this.#files.schema(ref);
    if (!isObject(schema)) return 'foreign';
    const named = new Set<string>();
    for (const reference of referencesIn(schema)) {
      const [path] = splitReference(reference);
      if (path !== '') named.add(this.#files.resolve(path, ref));
    }
    return this.#isWellFormed(schema, ref) ? [...named] : 'foreign';
  }

  #isWellFormed(root: SchemaObject, ref: string): boolean {
    const seen = new Set<unknown>();
    const below = (schema: unknown): boolean => {
      if (typeof schema === 'boolean' || seen.has(schema)) return true;
      if (!isObject(schema)) return false;
      seen.add(schema);
      return Object.entries(schema).every(([keyword, value]) => !FOREIGN.has(keyword) && (SHAPES.get(keyword)?.(value, below) ?? true))
        && (schema['$schema'] === undefined || schema === root) && leadsSomewhere(schema['$ref']);
    };
    const leadsSomewhere = (reference: unknown): boolean => typeof reference !== 'string' || this.#files.follow(reference, ref) !== undefined;
    return below(root);
  }
}

/** Whether a value that is compared with has members that a catalogue takes for references or ids. */
function mentions(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  return Object.entries(node).some(([key, value]) => ((key === '$ref' || key === '$id') && typeof value === 'string') || mentions(value));
}
