/** What a JSON Schema (draft-07) asks of one place of a document, with references followed and joined schemas put together. */
import type { SchemaCatalogue } from '../../src/protocol/schema-catalogue.ts';

export type Json = Record<string, unknown>;

/** A piece of schema and the file that it stands in, for its references. */
export interface Piece { readonly schema: unknown; readonly file: string }

/** A rule: a value that passes the test must also satisfy one piece, any other value the other. */
export interface JoinedRule { readonly test: unknown; readonly passed: Piece | undefined; readonly failed: Piece | undefined }

export interface Demands {
  types: string[] | undefined;
  /** The only values allowed, when they are listed. */
  values: unknown[] | undefined;
  /** `minimum`, `maxItems` and the like, the tightest of each. */
  readonly bounds: Record<string, number>;
  readonly patterns: string[];
  format: string | undefined;
  unique: boolean;
  readonly members: Map<string, Piece[]>;
  readonly required: Set<string>;
  readonly patternMembers: [string, Piece][];
  /** Pieces for members that no name or pattern covers. */
  readonly others: Piece[];
  /** Sets of names outside of which nothing may stand. */
  readonly closed: Set<string>[];
  readonly items: Piece[];
  readonly dependencies: [string, string[]][];
  readonly rules: JoinedRule[];
  readonly nots: unknown[];
}

/** Chooses one of several alternatives. */
export type Choose = (alternatives: readonly unknown[]) => unknown;

const TIGHTEST: Readonly<Record<string, (a: number, b: number) => number>> = {
  minimum: Math.max, exclusiveMinimum: Math.max, minLength: Math.max, minItems: Math.max, minProperties: Math.max,
  maximum: Math.min, exclusiveMaximum: Math.min, maxLength: Math.min, maxItems: Math.min,
};

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Everything that the pieces ask for together; of alternatives, what the chosen one asks for. */
export function demandsOf(catalogue: SchemaCatalogue, pieces: readonly Piece[], choose: Choose): Demands {
  const demands: Demands = {
    types: undefined, values: undefined, bounds: {}, patterns: [], format: undefined, unique: false, members: new Map(),
    required: new Set(), patternMembers: [], others: [], closed: [], items: [], dependencies: [], rules: [], nots: [],
  };
  for (const piece of pieces) collect(catalogue, piece, demands, choose);
  const banned = demands.nots.flatMap((not) => (isObject(not) && Array.isArray(not['enum']) ? not['enum'] as unknown[] : []));
  demands.values = demands.values?.filter((value) => !banned.includes(value));
  return demands;
}

function collect(catalogue: SchemaCatalogue, { schema, file }: Piece, into: Demands, choose: Choose): void {
  if (!isObject(schema)) return;
  const piece = (part: unknown): Piece => ({ schema: part, file });
  const join = (part: unknown) => collect(catalogue, piece(part), into, choose);
  if (typeof schema['$ref'] === 'string') collect(catalogue, resolve(catalogue, schema['$ref'], file), into, choose);
  collectValue(schema, into);
  collectMembers(schema, into, piece);
  if (isObject(schema['items'])) into.items.push(piece(schema['items']));
  if (schema['not'] !== undefined) into.nots.push(schema['not']);
  if (schema['if'] !== undefined) {
    const optional = (keyword: string) => (schema[keyword] === undefined ? undefined : piece(schema[keyword]));
    into.rules.push({ test: schema['if'], passed: optional('then'), failed: optional('else') });
  }
  for (const part of (schema['allOf'] ?? []) as unknown[]) join(part);
  for (const keyword of ['anyOf', 'oneOf']) {
    if (!Array.isArray(schema[keyword])) continue;
    const chosen = choose(schema[keyword] as unknown[]);
    join(chosen);
    if (keyword === 'oneOf') into.nots.push(...(schema[keyword] as unknown[]).filter((other) => other !== chosen && isBareDemand(other)));
  }
}

/** An alternative that only wants members to be there: another one of the same `oneOf` must not have them too. */
const isBareDemand = (alternative: unknown) => isObject(alternative) && Object.keys(alternative).every((keyword) => keyword === 'required');

function collectValue(schema: Json, into: Demands): void {
  if (schema['type'] !== undefined) into.types = both(into.types, [schema['type']].flat() as string[]);
  if ('const' in schema) into.values = both(into.values, [schema['const']]);
  if (Array.isArray(schema['enum'])) into.values = both(into.values, schema['enum'] as unknown[]);
  for (const [name, tighter] of Object.entries(TIGHTEST))
    if (typeof schema[name] === 'number') into.bounds[name] = tighter(into.bounds[name] ?? schema[name], schema[name]);
  if (typeof schema['pattern'] === 'string') into.patterns.push(schema['pattern']);
  if (typeof schema['format'] === 'string') into.format = schema['format'];
  into.unique ||= schema['uniqueItems'] === true;
}

function collectMembers(schema: Json, into: Demands, piece: (part: unknown) => Piece): void {
  const properties = (schema['properties'] ?? {}) as Json;
  for (const [name, part] of Object.entries(properties)) into.members.set(name, [...(into.members.get(name) ?? []), piece(part)]);
  for (const name of (schema['required'] ?? []) as string[]) into.required.add(name);
  for (const [pattern, part] of Object.entries((schema['patternProperties'] ?? {}) as Json))
    into.patternMembers.push([pattern, piece(part)]);
  if (schema['additionalProperties'] === false) into.closed.push(new Set(Object.keys(properties)));
  else if (isObject(schema['additionalProperties'])) into.others.push(piece(schema['additionalProperties']));
  into.dependencies.push(...Object.entries((schema['dependencies'] ?? {}) as Record<string, string[]>));
}

/** The piece that describes a member or an item of a place, of the first alternative that knows it. */
export function partOf(catalogue: SchemaCatalogue, { schema, file }: Piece, part: string | number): Piece | undefined {
  if (!isObject(schema)) return undefined;
  if (typeof schema['$ref'] === 'string') return partOf(catalogue, resolve(catalogue, schema['$ref'], file), part);
  const patterns = Object.entries((schema['patternProperties'] ?? {}) as Json);
  const patterned = patterns.find(([pattern]) => new RegExp(pattern).test(String(part)))?.[1];
  const own = typeof part === 'number' ? schema['items'] : (schema['properties'] as Json | undefined)?.[part] ?? patterned;
  if (isObject(own)) return { schema: own, file };
  return ['allOf', 'oneOf', 'anyOf'].flatMap((keyword) => (schema[keyword] ?? []) as unknown[])
    .map((joined) => partOf(catalogue, { schema: joined, file }, part)).find((found) => found !== undefined);
}

/** The path of the file that a piece is nothing but a reference to. */
export function fileOf(catalogue: SchemaCatalogue, { schema, file }: Piece): string | undefined {
  const target = isObject(schema) && Object.keys(schema).length === 1 ? schema['$ref'] : undefined;
  return typeof target === 'string' && !target.includes('#') ? resolve(catalogue, target, file).file : undefined;
}

/** Official references are absolute with the version, absolute without it, relative, or within the file. */
function resolve(catalogue: SchemaCatalogue, target: string, file: string): Piece {
  const [path, fragment = ''] = target.split('#') as [string, string?];
  const into = path === '' ? file
    : path.startsWith('/') ? path.replace(/^\/schemas\/(\d[^/]*\/)?/, '') : new URL(path, `x:/${file}`).pathname.slice(1);
  const schema = fragment.split('/').slice(1).reduce<unknown>((node, part) => (node as Json)[part], catalogue.schema(into));
  return { schema, file: into };
}

function both<T>(known: T[] | undefined, more: readonly T[]): T[] {
  return known === undefined ? [...more] : known.filter((value) => more.includes(value));
}
