import type { SchemaCatalogue, SchemaPlace } from '../../../src/protocol/schema-catalogue.ts';
import { isObject } from '../../json/object.ts';
import { mayAccept } from './accepts.ts';
import { placesAt } from './places.ts';

/** A part of a value that no schema of its place can accept. */
export interface ImpossiblePart {
  /** Where it is in the value: `""` for the whole, `.package.status`, `[0]`. */
  readonly path: string;
  readonly value: unknown;
}

/** Values within values end here. */
const MAX_DEPTH = 16;

/**
 * The first part of a value that none of the places can hold, members within members included; undefined when all of it may be there.
 * Texts that stand for something of the run may be anything.
 */
export function impossiblePart(catalogue: SchemaCatalogue, places: readonly SchemaPlace[], value: unknown, path = '', depth = 0): ImpossiblePart | undefined {
  if (isOpen(value) || depth > MAX_DEPTH) return undefined;
  if (!places.some((place) => mayAccept(catalogue, place, value))) return { path, value };
  const parts: readonly (readonly [segment: Parameters<typeof placesAt>[2][number], shown: string, part: unknown])[] = Array.isArray(value)
    ? value.map((part, index) => [{ kind: 'index', index }, `[${index}]`, part] as const)
    : isObject(value) ? Object.entries(value).map(([name, part]) => [{ kind: 'key', name }, `.${name}`, part] as const) : [];
  for (const [segment, shown, part] of parts) {
    const found = placesAt(catalogue, places, [segment]);
    if (found.kind === 'unknown') return { path: `${path}${shown}`, value: part };
    const inner = found.kind === 'known' ? impossiblePart(catalogue, found.places, part, `${path}${shown}`, depth + 1) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** Whether a value is only known when the storyboard runs. */
function isOpen(value: unknown): boolean {
  return typeof value === 'string' && (value.startsWith('$') || value.includes('{{'));
}
