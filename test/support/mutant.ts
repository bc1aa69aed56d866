/** Documents with one thing wrong. */

/** Names and indexes from the root. */
export type Place = (string | number)[];

function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at];
  const parts = Array.isArray(value) ? value.map((item, index) => [index, item] as const) : Object.entries(value);
  return [at, ...parts.flatMap(([part, inner]) => placesIn(inner, [...at, part]))];
}

/** A changed copy: where it was changed, and how. */
export interface Mutant { readonly document: unknown; readonly place: Place; readonly change: string }

/** Numbers that pick the place, the kind of change and the new value. */
export interface Choice { readonly place: number; readonly change: number; readonly value: number }

/** The document with one member dropped, of another type, or of another value. */
export function mutantOf(original: unknown, { place, change, value }: Choice): Mutant | undefined {
  const places = placesIn(original).slice(1);
  const at = places[place % Math.max(places.length, 1)];
  if (at === undefined) return undefined;
  const document = structuredClone(original);
  const parent = at.slice(0, -1).reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], document) as Record<string, unknown>;
  const part = at.at(-1)!;
  const was = parent[part];
  const mutated = (name: string) => ({ document, place: at, change: name });
  if (change % 3 === 0) {
    if (Array.isArray(parent)) return undefined;
    delete parent[part];
    return mutated('dropped');
  }
  parent[part] = change % 3 === 1 ? ofAnotherType(was, value) : anotherValue(was, value);
  return mutated(change % 3 === 1 ? 'of another type' : 'of another value');
}

const kindOf = (value: unknown) => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value);
const ofAnotherType = (was: unknown, pick: number) => {
  const others = [5, 'text', true, null, { a: 1 }, [1]].filter((value) => kindOf(value) !== kindOf(was));
  return others[pick % others.length];
};
const anotherValue = (was: unknown, pick: number) => {
  switch (kindOf(was)) {
    case 'string': return ['no such value', ''][pick % 2];
    case 'number': return [-1, 1e12, 0.5][pick % 3];
    case 'array': return [];
    case 'object': return { ...(was as object), '~more': 1 };
    default: return was === null ? 1 : !was;
  }
};
