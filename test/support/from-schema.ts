/**
 * Documents made from a JSON Schema (draft-07, the constructs that AdCP uses). A document is meant to be valid and nearly
 * always is; the caller filters with the schema's own validator, because `not` and some joined rules are only tried.
 */
import * as fc from 'fast-check';
import type { SchemaCatalogue } from '../../src/protocol/schema-catalogue.ts';
import { demandsOf, fileOf, isObject, partOf, type Demands, type Json, type Piece } from './schema-demands.ts';

type Draw = fc.GeneratorValue;

const FORMATS: Readonly<Record<string, readonly string[]>> = {
  'date-time': ['2026-03-01T00:00:00Z', '2099-12-31T23:59:59.123Z', '2027-01-31T09:00:00+02:00'],
  date: ['2026-03-01', '2028-02-29'],
  uri: ['https://a.example/path?q=1', 'https://b.example', 'https://ads.example:8443/mcp/'],
  'uri-template': ['https://t.example/i?c={CACHEBUSTER}', 'https://t.example/'],
  email: ['jo@example.com'],
};
/** For patterns that look ahead, which the text generator cannot read. */
const LOOKAHEAD_SAMPLES = ['P1D', 'PT4H', 'P1Y2M3DT4H5M6S'];

/** One document of the schema at `ref`, drawn by fast-check so that failures shrink. */
export function sampleOf(catalogue: SchemaCatalogue, ref: string, draw: Draw): unknown {
  return new Sampler(catalogue, draw).value([{ schema: catalogue.schema(ref), file: ref }], 0);
}

/** A value that the schema at `ref` would take at `path`; undefined when the schema says nothing of that place. */
export function valueAt(catalogue: SchemaCatalogue, ref: string, path: readonly (string | number)[], draw: Draw): unknown {
  const root: Piece = { schema: catalogue.schema(ref), file: ref };
  const place = path.reduce<Piece | undefined>((piece, part) => piece && partOf(catalogue, piece, part), root);
  return place && new Sampler(catalogue, draw).value([place], 3);
}

class Sampler {
  readonly #catalogue: SchemaCatalogue;
  readonly #draw: Draw;

  constructor(catalogue: SchemaCatalogue, draw: Draw) {
    this.#catalogue = catalogue;
    this.#draw = draw;
  }

  /** A value for a place. Where the place is a schema file of its own, a few attempts are made until that accepts one. */
  value(pieces: readonly Piece[], depth: number): unknown {
    const file = pieces.length === 1 ? fileOf(this.#catalogue, pieces[0]!) : undefined;
    const first = this.#attempt(pieces, depth);
    if (file === undefined) return first;
    const fits = (value: unknown) => this.#catalogue.validate(file, value).length === 0;
    return [1, 2, 3].reduce((made) => (fits(made) ? made : this.#attempt(pieces, depth)), first);
  }

  #attempt(pieces: readonly Piece[], depth: number): unknown {
    const demands = this.#demands(pieces);
    if (demands.values !== undefined && demands.values.length > 0) return this.#pick(demands.values);
    const type = demands.types === undefined ? impliedType(demands) : this.#pick(demands.types);
    switch (type) {
      case 'object': return this.#object(demands, depth);
      case 'array': return this.#array(demands, depth);
      case 'string': return this.#text(demands);
      case 'integer': return this.#number(demands.bounds, 1);
      case 'number': return this.#number(demands.bounds, this.#pick([1, 1, 100]));
      case 'boolean': return this.#draw(fc.boolean);
      case 'null': return null;
      default: return this.#pick<unknown>(['text', 7, true, { any: 1 }, [1]]);
    }
  }

  #pick<T>(values: readonly T[]): T {
    return values[this.#draw(fc.nat, values.length - 1)]!;
  }

  #chance(percent: number): boolean {
    return this.#draw(fc.nat, 99) < percent;
  }

  #demands(pieces: readonly Piece[]): Demands {
    return demandsOf(this.#catalogue, pieces, (alternatives) => this.#pick(alternatives));
  }

  #object(demands: Demands, depth: number): Json {
    const wanted = depth < 1 ? 40 : depth < 3 ? 25 : 12;
    const names = new Set([...demands.required, ...[...demands.members.keys()].filter(() => this.#chance(wanted))]);
    const made: Json = {};
    settleNames(names, demands);
    for (const name of names) made[name] = this.value(demands.members.get(name) ?? [], depth + 1);
    for (const { test, passed, failed } of demands.rules) this.#apply(holds(test, made) ? passed : failed, demands, made, depth);
    this.#addOthers(made, demands, depth);
    return made;
  }

  /** Makes an object satisfy one more piece: members that it talks about are made anew. */
  #apply(piece: Piece | undefined, demands: Demands, made: Json, depth: number): void {
    if (piece === undefined) return;
    const more = this.#demands([piece]);
    const names = new Set([...Object.keys(made), ...more.required]);
    settleNames(names, more);
    for (const name of Object.keys(made)) if (!names.has(name)) delete made[name];
    for (const name of names)
      if (!(name in made) || more.members.has(name))
        made[name] = this.value([...(demands.members.get(name) ?? []), ...(more.members.get(name) ?? [])], depth + 1);
    for (const { test, passed, failed } of more.rules) this.#apply(holds(test, made) ? passed : failed, demands, made, depth);
  }

  #addOthers(made: Json, demands: Demands, depth: number): void {
    for (const [pattern, piece] of demands.patternMembers)
      if (this.#chance(60)) made[this.#matching(pattern)] = this.value([piece], depth + 1);
    if (demands.closed.length > 0 || !this.#chance(15)) return;
    if (demands.others.length > 0) made['xx'] = this.value(demands.others, depth + 1);
    else made['~unknown'] = this.#pick<unknown>([1, 'text', null, { a: [] }]);
  }

  #array(demands: Demands, depth: number): unknown[] {
    const least = demands.bounds['minItems'] ?? 0;
    const most = Math.min(demands.bounds['maxItems'] ?? least + 2, least + (depth < 3 ? 2 : 1));
    const made = Array.from({ length: least + this.#draw(fc.nat, most - least) }, () => this.value(demands.items, depth + 1));
    if (!demands.unique) return made;
    const written = made.map((item) => JSON.stringify(item));
    return made.filter((_, at) => written.indexOf(written[at]!) === at);
  }

  #text({ patterns, format, bounds }: Demands): string {
    const candidates = [...FORMATS[format ?? ''] ?? [], ...patterns.some((pattern) => pattern.includes('(?!')) ? LOOKAHEAD_SAMPLES : []];
    if (candidates.length > 0) return this.#pick(candidates.filter((text) => patterns.every((pattern) => new RegExp(pattern).test(text))));
    if (patterns.length > 0) return this.#matching(patterns[0]!);
    const { minLength: least = 0, maxLength: most = least + 12 } = bounds;
    const length = Math.max(least, Math.min(most, this.#draw(fc.nat, 20)));
    return 'é text of any length, as long as needed '.repeat(Math.ceil(length / 40)).slice(0, length);
  }

  #matching(pattern: string): string {
    return this.#draw(textOf(pattern));
  }

  #number({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Demands['bounds'], parts: number): number {
    const low = minimum ?? (exclusiveMinimum === undefined ? 0 : exclusiveMinimum + 1 / parts);
    const high = maximum ?? (exclusiveMaximum === undefined ? low + 1000 : exclusiveMaximum - 1 / parts);
    const [from, to] = [Math.ceil(low * parts), Math.floor(high * parts)];
    return from > to ? (low + high) / 2 : this.#draw(fc.integer, { min: from, max: to }) / parts;
  }
}

/** Takes out what must not be there, and adds what another member calls for. */
function settleNames(names: Set<string>, demands: Demands): void {
  for (const [name, pieces] of demands.members) if (pieces.some(({ schema }) => schema === false)) names.delete(name);
  for (const not of demands.nots.flatMap((each) => (isObject(each) && Array.isArray(each['anyOf']) ? each['anyOf'] as unknown[] : [each]))) {
    const together = isObject(not) && not['properties'] === undefined ? (not['required'] as string[] | undefined) : undefined;
    if (together?.every((name) => names.has(name))) names.delete(together.find((name) => !demands.required.has(name)) ?? together[0]!);
  }
  for (const [name, needed] of [...demands.dependencies, ...demands.dependencies])
    if (names.has(name)) for (const other of needed) names.add(other);
  for (const allowed of demands.closed) for (const name of names) if (!allowed.has(name)) names.delete(name);
}

const texts = new Map<string, () => fc.Arbitrary<string>>();

/** One builder a pattern: fast-check tells its generators apart by builder and plain arguments. */
function textOf(pattern: string): () => fc.Arbitrary<string> {
  let build = texts.get(pattern);
  if (build === undefined) {
    const made = fc.stringMatching(new RegExp(pattern), { size: '-1' });
    texts.set(pattern, (build = () => made));
  }
  return build;
}

function impliedType(demands: Demands): string {
  if (demands.members.size > 0 || demands.required.size > 0 || demands.patternMembers.length > 0) return 'object';
  if (demands.items.length > 0) return 'array';
  return demands.patterns.length > 0 || demands.format !== undefined ? 'string' : 'any';
}

/** Whether a made object passes the test of a rule; tests compare members with constants. */
function holds(test: unknown, made: unknown): boolean {
  if (!isObject(test)) return test !== false;
  const object = isObject(made) ? made : {};
  return ((test['required'] ?? []) as string[]).every((name) => name in object)
    && Object.entries((test['properties'] ?? {}) as Json).every(([name, part]) => !(name in object) || holds(part, object[name]))
    && (!('const' in test) || test['const'] === made)
    && (!Array.isArray(test['enum']) || test['enum'].includes(made))
    && (test['type'] !== 'null' || made === null)
    && (test['not'] === undefined || !holds(test['not'], made))
    && (!Array.isArray(test['anyOf']) || test['anyOf'].some((part) => holds(part, made)));
}
