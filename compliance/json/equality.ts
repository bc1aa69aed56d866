import { isObject } from './object.ts';

/** Equal as JSON documents: the order of members does not count, types do (`1` is not `"1"`). */
export function jsonEquals(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((each, i) => jsonEquals(each, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && jsonEquals(a[key], b[key]));
}

/**
 * Whether `actual` has everything that `expected` names: members of objects at every depth, and for each item of an array
 * an item of its own. An expected empty array is matched by an empty array only.
 */
export function jsonContains(actual: unknown, expected: unknown): boolean {
  if (Array.isArray(expected)) return Array.isArray(actual) && itemsMatch(actual, expected);
  if (!isObject(expected)) return jsonEquals(actual, expected);
  return isObject(actual) && Object.entries(expected).every(([key, value]) => Object.hasOwn(actual, key) && jsonContains(actual[key], value));
}

function itemsMatch(actual: readonly unknown[], expected: readonly unknown[]): boolean {
  if (expected.length === 0) return actual.length === 0;
  if (expected.length > actual.length) return false;
  return assign(expected.map((wanted) => actual.flatMap((item, i) => (jsonContains(item, wanted) ? [i] : []))));
}

/** Kuhn's matching: can every expected item take an actual item that no other takes? */
function assign(candidates: readonly (readonly number[])[]): boolean {
  const takenBy = new Map<number, number>();
  const place = (wanted: number, tried: Set<number>): boolean => candidates[wanted]!.some((item) => {
    if (tried.has(item)) return false;
    tried.add(item);
    const holder = takenBy.get(item);
    if (holder !== undefined && !place(holder, tried)) return false;
    takenBy.set(item, wanted);
    return true;
  });
  return candidates.every((_, wanted) => place(wanted, new Set()));
}
