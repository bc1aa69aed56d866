/** The types of JSON as the keyword `type` names them. */
import type { SchemaObject } from './check.ts';

export const DATA_TYPES: ReadonlySet<unknown> = new Set(['string', 'number', 'integer', 'boolean', 'null', 'object', 'array']);

/** The types that a schema allows, none when it does not say. */
export function typesOf({ type }: SchemaObject): readonly string[] {
  return Array.isArray(type) ? (type as readonly string[]) : typeof type === 'string' ? [type] : [];
}

export function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'null': return value === null;
    case 'array': return Array.isArray(value);
    case 'object': return typeof value === 'object' && value !== null && !Array.isArray(value);
    // A number too large to be written out is whole as well.
    case 'integer': return typeof value === 'number' && (Number.isInteger(value) || Math.abs(value) === Infinity);
    default: return typeof value === type;
  }
}
