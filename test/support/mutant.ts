/** Documents with one thing wrong. */

type Members = Record<string | number, unknown>;

/** Names and indexes from the root. */
export type Place = readonly (string | number)[];

const CHANGES = ['dropped', 'of another type', 'of another value'] as const;
export type Change = (typeof CHANGES)[number];

/** A changed copy: where it was changed, and how. */
export interface Mutant { readonly document: unknown; readonly place: Place; readonly change: Change }

/**
 * Copies of a document with one member dropped, of another type or of another value, spread over its places.
 * @param most how many at most
 * @param pick chooses where to begin and which wrong values to take
 */
export function mutantsOf(document: unknown, most: number, pick: number): Mutant[] {
  const all = placesIn(document).slice(1).flatMap((place) => CHANGES.map((change) => ({ place, change })));
  const step = Math.max(1, all.length / most);
  const chosen = Array.from({ length: Math.min(most, all.length) }, (_, at) => all[(Math.floor(at * step) + pick) % all.length]!);
  return chosen.flatMap(({ place, change }, at) => {
    const copy = structuredClone(document);
    const parent = place.slice(0, -1).reduce((node, part) => node[part] as Members, copy as Members);
    const part = place.at(-1)!;
    if (change === 'dropped' && Array.isArray(parent)) return [];
    if (change === 'dropped') delete parent[part];
    else parent[part] = change === 'of another type' ? ofAnotherType(parent[part], pick + at) : anotherValue(parent[part], pick + at);
    return [{ document: copy, place, change }];
  });
}

function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at];
  const parts = Array.isArray(value) ? value.map((item, index) => [index, item] as const) : Object.entries(value);
  return [at, ...parts.flatMap(([part, inner]) => placesIn(inner, [...at, part]))];
}

const kindOf = (value: unknown) => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value);

function ofAnotherType(was: unknown, pick: number): unknown {
  const others = [5, 'text', true, null, { a: 1 }, [1]].filter((value) => kindOf(value) !== kindOf(was));
  return others[pick % others.length];
}

function anotherValue(was: unknown, pick: number): unknown {
  switch (kindOf(was)) {
    case 'string': return ['no such value', '', 'x'.repeat(600)][pick % 3];
    case 'number': return [-1, 1e12, 0.5][pick % 3];
    case 'array': return [];
    case 'object': return { ...(was as object), '~more': 1 };
    default: return was === null ? 1 : !was;
  }
}
