import type { SchemaCatalogue, SchemaPlace } from '../../../src/protocol/schema-catalogue.ts';
import { jsonEquals } from '../../json/equality.ts';
import { isObject } from '../../json/object.ts';

/** References that lead back to themselves end here. */
const MAX_DEPTH = 32;

/**
 * Whether a schema can accept a value, as far as the value itself goes: its type, its fixed values and its bounds; what is within an
 * object or a list is not looked at, nor are patterns and formats. False is certain, true is not.
 */
export function mayAccept(catalogue: SchemaCatalogue, { ref, schema }: SchemaPlace, value: unknown, depth = 0): boolean {
  if (depth > MAX_DEPTH) return true;
  const each = (part: unknown): boolean => !isObject(part) || mayAccept(catalogue, { ref, schema: part }, value, depth + 1);
  if (!hasType(schema['type'], value) || !isFixed(schema, value) || !isWithin(schema, value)) return false;
  const target: unknown = schema['$ref'];
  const followed = typeof target === 'string' ? catalogue.follow(target, ref) : undefined;
  if (followed !== undefined && !mayAccept(catalogue, followed, value, depth + 1)) return false;
  const { allOf, anyOf, oneOf } = schema as { readonly allOf?: unknown; readonly anyOf?: unknown; readonly oneOf?: unknown };
  return (!Array.isArray(allOf) || allOf.every(each)) && [anyOf, oneOf].every((arms) => !Array.isArray(arms) || arms.some(each));
}

function hasType(type: unknown, value: unknown): boolean {
  const types = [type].flat().filter((each) => typeof each === 'string');
  return types.length === 0 || types.some((each) => (each === 'integer' ? Number.isInteger(value) : each === typeOf(value)));
}

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

function isFixed(schema: SchemaPlace['schema'], value: unknown): boolean {
  const allowed: unknown = schema['enum'];
  return (!Object.hasOwn(schema, 'const') || jsonEquals(schema['const'], value))
    && (!Array.isArray(allowed) || allowed.some((each) => jsonEquals(each, value)));
}

function isWithin(schema: SchemaPlace['schema'], value: unknown): boolean {
  if (typeof value !== 'number') return true;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema as Readonly<Record<string, unknown>>;
  return (typeof minimum !== 'number' || value >= minimum) && (typeof maximum !== 'number' || value <= maximum)
    && (typeof exclusiveMinimum !== 'number' || value > exclusiveMinimum) && (typeof exclusiveMaximum !== 'number' || value < exclusiveMaximum);
}
