/**
 * Which places of a document a JSON Schema (draft-07) objects to, worked out without Ajv: its flat list of errors no longer says which
 * alternative an error belongs to. Of several alternatives, the one with the fewest objections counts, and of those its deepest.
 */
import { isDeepStrictEqual } from 'node:util';
import addFormatsModule from 'ajv-formats';
import { Ajv } from 'ajv';
import type { SchemaCatalogue } from '../../src/protocol/schema-catalogue.ts';
import { isObject, type Json } from './schema-demands.ts';
import type { Place } from './mutant.ts';

/** A piece of schema, and the file that its references start from. */
interface Spot { readonly schema: unknown; readonly file: string }

const ajv = new Ajv({ strict: false });
(addFormatsModule as unknown as (compiler: Ajv) => void)(ajv);
type Format = (text: string) => boolean;
const FORMATS = Object.fromEntries(Object.entries(ajv.formats).map(([name, format]) => [name, testOf(format)]));

function testOf(format: unknown): Format {
  if (format instanceof RegExp) return (text) => format.test(text);
  if (typeof format === 'function') return format as Format;
  return isObject(format) ? testOf(format['validate']) : () => true;
}

/** Where one objection may be said to lie: at one place, or at one of several alternatives' that object equally often. */
type Objection = readonly Place[];

/** Places that the schema at `ref` objects to, a missing member at its own; empty when the document is valid. */
export function blamed(catalogue: SchemaCatalogue, ref: string, document: unknown): Place[] {
  return new Blame(catalogue).of({ schema: catalogue.schema(ref), file: ref }, document, []).flat();
}

class Blame {
  readonly #catalogue: SchemaCatalogue;

  constructor(catalogue: SchemaCatalogue) {
    this.#catalogue = catalogue;
  }

  of({ schema, file }: Spot, value: unknown, at: Place): Objection[] {
    if (schema === false) return [[at]];
    if (!isObject(schema)) return [];
    const within = (part: unknown) => this.of({ schema: part, file }, value, at);
    const objections = [...ofValue(schema, value) ? [[at]] : [], ...this.#ofReference(schema, file, value, at)];
    if (isObject(value)) objections.push(...this.#ofObject(schema, file, value, at));
    if (Array.isArray(value)) objections.push(...this.#ofList(schema, file, value, at));
    for (const part of list(schema['allOf'])) objections.push(...within(part));
    for (const keyword of ['anyOf', 'oneOf'])
      if (Array.isArray(schema[keyword])) objections.push(...ofAlternatives(list(schema[keyword]).map(within), keyword, at));
    if (schema['if'] !== undefined) objections.push(...within(schema[within(schema['if']).length === 0 ? 'then' : 'else'] ?? true));
    if (schema['not'] !== undefined && within(schema['not']).length === 0) objections.push(unwanted(schema['not'], value, at));
    return objections;
  }

  #ofReference(schema: Json, file: string, value: unknown, at: Place): Objection[] {
    if (typeof schema['$ref'] !== 'string') return [];
    const place = this.#catalogue.follow(schema['$ref'], file);
    if (place === undefined) throw new Error(`${file} refers to ${schema['$ref']}, which is nowhere`);
    return this.of({ schema: place.schema, file: place.ref }, value, at);
  }

  #ofObject(schema: Json, file: string, value: Json, at: Place): Objection[] {
    const properties = (schema['properties'] ?? {}) as Json;
    const patterns = Object.entries((schema['patternProperties'] ?? {}) as Json);
    const members = Object.entries(value).flatMap(([name, member]) => {
      const own = [...Object.hasOwn(properties, name) ? [properties[name]] : [], ...patterns.filter(([pattern]) => new RegExp(pattern).test(name)).map(([, part]) => part)];
      const parts = own.length > 0 ? own : [schema['additionalProperties'] ?? true];
      return parts.flatMap((part) => this.of({ schema: part, file }, member, [...at, name]));
    });
    const missing = list(schema['required']).filter((name) => !Object.hasOwn(value, name as string));
    const dependent = Object.entries((schema['dependencies'] ?? {}) as Json).filter(([name]) => Object.hasOwn(value, name))
      .flatMap(([, needs]) => (Array.isArray(needs) ? needs.filter((name) => !Object.hasOwn(value, name as string)) : []));
    const nested = Object.entries((schema['dependencies'] ?? {}) as Json)
      .flatMap(([name, needs]) => (Object.hasOwn(value, name) && isObject(needs) ? this.of({ schema: needs, file }, value, at) : []));
    return [...members, ...[...missing, ...dependent].map((name) => [[...at, name as string]]), ...nested];
  }

  #ofList(schema: Json, file: string, value: readonly unknown[], at: Place): Objection[] {
    const items = schema['items'] === undefined ? [] : value.flatMap((item, index) => this.of({ schema: schema['items'], file }, item, [...at, index]));
    const contained = schema['contains'] === undefined || value.some((item) => this.of({ schema: schema['contains'], file }, item, at).length === 0);
    return contained ? items : [...items, [at]];
  }
}

/** What the alternative with the fewest objections says; of equally few, any may be right. Too many that fit blame the place itself. */
function ofAlternatives(arms: readonly (readonly Objection[])[], keyword: string, at: Place): Objection[] {
  const fits = arms.filter((arm) => arm.length === 0).length;
  if (fits === 1 || (fits > 1 && keyword === 'anyOf')) return [];
  if (fits > 1) return [[at]];
  const fewest = Math.min(...arms.map((arm) => arm.length));
  const places = arms.filter((arm) => arm.length === fewest).flatMap((arm) => deepest(arm.flat()));
  return Array.from({ length: fewest }, () => places);
}

function deepest(places: readonly Place[]): Place[] {
  const depth = Math.max(...places.map((place) => place.length));
  return places.filter((place) => place.length === depth);
}

/** A rule of what must not stand together blames the members that do, and the object. */
function unwanted(rule: unknown, value: unknown, at: Place): Objection {
  if (!isObject(rule) || !isObject(value)) return [at];
  const together = [rule, ...list(rule['anyOf'])].flatMap((each) => (isObject(each) ? [list(each['required']) as string[]] : []))
    .filter((names) => names.length > 0 && names.every((name) => Object.hasOwn(value, name)));
  return [at, ...together.flat().map((name) => [...at, name])];
}

/** Whether the value itself is not what the schema wants, whatever is in it. */
function ofValue(schema: Json, value: unknown): boolean {
  const types = schema['type'] === undefined ? undefined : list([schema['type']].flat());
  if (types !== undefined && !types.some((type) => isOfType(type, value))) return true;
  if ('const' in schema && !isDeepStrictEqual(schema['const'], value)) return true;
  if (Array.isArray(schema['enum']) && !schema['enum'].some((each) => isDeepStrictEqual(each, value))) return true;
  if (typeof value === 'string') return ofText(schema, value);
  if (typeof value === 'number') return ofNumber(schema, value);
  const size = Array.isArray(value) ? value.length : isObject(value) ? Object.keys(value).length : 0;
  const unit = Array.isArray(value) ? 'Items' : isObject(value) ? 'Properties' : undefined;
  if (unit !== undefined && (size < bound(schema, `min${unit}`, 0) || size > bound(schema, `max${unit}`, Infinity))) return true;
  return Array.isArray(value) && schema['uniqueItems'] === true && value.some((item, index) => value.slice(0, index).some((other) => isDeepStrictEqual(item, other)));
}

function ofText(schema: Json, text: string): boolean {
  const length = [...text].length;
  return length < bound(schema, 'minLength', 0) || length > bound(schema, 'maxLength', Infinity)
    || (typeof schema['pattern'] === 'string' && !new RegExp(schema['pattern'], 'u').test(text))
    || (typeof schema['format'] === 'string' && FORMATS[schema['format']]?.(text) === false);
}

function ofNumber(schema: Json, value: number): boolean {
  return value < bound(schema, 'minimum', -Infinity) || value > bound(schema, 'maximum', Infinity)
    || value <= bound(schema, 'exclusiveMinimum', -Infinity) || value >= bound(schema, 'exclusiveMaximum', Infinity)
    || (typeof schema['multipleOf'] === 'number' && !Number.isInteger(value / schema['multipleOf']));
}

function isOfType(type: unknown, value: unknown): boolean {
  switch (type) {
    case 'object': return isObject(value);
    case 'array': return Array.isArray(value);
    case 'null': return value === null;
    case 'integer': return Number.isInteger(value);
    default: return typeof value === type;
  }
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const bound = (schema: Json, name: string, otherwise: number): number => (typeof schema[name] === 'number' ? schema[name] : otherwise);
