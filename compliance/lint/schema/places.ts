/**
 * Where a path leads inside a schema: the question behind "does any answer have this member?". A schema is walked as its author wrote it:
 * members that it lists are known, whatever `additionalProperties` would let pass besides, for a path to an unlisted member is a slip.
 */
import type { SchemaCatalogue, SchemaPlace } from '../../../src/protocol/schema-catalogue.ts';
import { isObject, type JsonObject, own } from '../../json/object.ts';
import type { PathSegment } from '../../json/path.ts';

export type PlacesFound =
  /** Every schema that describes the place. */
  | { readonly kind: 'known'; readonly places: readonly SchemaPlace[] }
  /** Below an object that lists no members: anything may stand there. */
  | { readonly kind: 'open' }
  /** No arm has it. `depth` segments lead somewhere; `members` are what stands there. */
  | { readonly kind: 'unknown'; readonly depth: number; readonly members: readonly string[] };

/** Schemas that nest into themselves without a member in between would be followed for ever. */
const MAX_ALTERNATIVES = 2000;
const COMBINATORS = ['allOf', 'anyOf', 'oneOf', 'then', 'else'] as const;

/** Follows a path from some schemas, any of which may describe the root. */
export function placesAt(catalogue: SchemaCatalogue, roots: readonly SchemaPlace[], segments: readonly PathSegment[]): PlacesFound {
  let places = spread(catalogue, roots);
  for (const [depth, segment] of segments.entries()) {
    const next = places.flatMap((place) => inner(place, segment));
    if (next.length === 0) {
      if (places.some((place) => isOpen(place, segment))) return { kind: 'open' };
      return { kind: 'unknown', depth, members: [...new Set(places.flatMap(membersOf))] };
    }
    places = spread(catalogue, next);
  }
  return { kind: 'known', places };
}

/** The places with all that they refer to and are combined of: each describes the same value. */
export function spread(catalogue: SchemaCatalogue, places: readonly SchemaPlace[]): readonly SchemaPlace[] {
  const found = new Map<JsonObject, SchemaPlace>();
  const visit = (place: SchemaPlace): void => {
    if (found.has(place.schema) || found.size >= MAX_ALTERNATIVES) return;
    found.set(place.schema, place);
    for (const part of partsOf(catalogue, place)) visit(part);
  };
  for (const place of places) visit(place);
  return [...found.values()];
}

function partsOf(catalogue: SchemaCatalogue, { ref, schema }: SchemaPlace): readonly SchemaPlace[] {
  const target: unknown = schema['$ref'];
  const followed = typeof target === 'string' ? catalogue.follow(target, ref) : undefined;
  const combined = COMBINATORS.flatMap((name) => [schema[name] as unknown].flat()).filter(isObject);
  return [...(followed === undefined ? [] : [followed]), ...combined.map((each) => ({ ref, schema: each }))];
}

function inner({ ref, schema }: SchemaPlace, segment: PathSegment): readonly SchemaPlace[] {
  const within = segment.kind === 'key' ? membersNamed(schema, segment.name) : items(schema, segment);
  return within.filter(isObject).map((each) => ({ ref, schema: each }));
}

/** `packages.0` is a way to write `packages[0]`. */
function membersNamed(schema: JsonObject, name: string): readonly unknown[] {
  const named = member(schema, name);
  return named.length === 0 && /^\d+$/.test(name) ? items(schema, { kind: 'index', index: Number(name) }) : named;
}

function member(schema: JsonObject, name: string): readonly unknown[] {
  const listed = own(schema['properties'], name);
  if (listed !== undefined) return [listed === true ? {} : listed];
  const byPattern = Object.entries(isObject(schema['patternProperties']) ? schema['patternProperties'] : {})
    .filter(([pattern]) => matches(pattern, name)).map(([, each]) => each);
  if (byPattern.length > 0) return byPattern;
  const others = schema['additionalProperties'];
  return isObject(others) && Object.keys(others).length > 0 ? [others] : [];
}

function items(schema: JsonObject, segment: Exclude<PathSegment, { kind: 'key' }>): readonly unknown[] {
  const listed: unknown = schema['items'];
  if (!Array.isArray(listed)) return [listed === true ? {} : listed];
  return segment.kind === 'each' ? listed : [listed[segment.index] ?? schema['additionalItems']];
}

/** A schema that says nothing of what is within, although the value may have something within. */
function isOpen({ schema }: SchemaPlace, segment: PathSegment): boolean {
  if (['properties', 'patternProperties', 'items', '$ref', ...COMBINATORS].some((name) => schema[name] !== undefined)) return false;
  const types = [schema['type'] as unknown].flat();
  const described = ['type', 'const', 'enum', 'required', 'not', 'if'].some((name) => schema[name] !== undefined);
  return types.includes(segment.kind === 'key' ? 'object' : 'array') || !described;
}

function membersOf({ schema }: SchemaPlace): readonly string[] {
  return isObject(schema['properties']) ? Object.keys(schema['properties']) : [];
}

function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(name);
  } catch {
    return false;
  }
}
