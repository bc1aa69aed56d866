/** Generated requests that lead somewhere: ids that nobody gave out become ids of what is there. */
import { isObject, type Json } from './schema-demands.ts';

/** What a request may name, by the name of the member. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

/**
 * A copy in which members of known names have known values; of eight copies, one in which only some have.
 * @param pick chooses among the values; the same number gives the same copy
 */
export function grounded(document: unknown, known: Known, pick: number): unknown {
  let drawn = pick;
  /** Of this kind of generator, only the upper half of the bits is any good. */
  const next = () => (drawn = (Math.imul(drawn, 1_103_515_245) + 12_345) >>> 0) >>> 16;
  const walk = (node: unknown, name: string | undefined): unknown => {
    const values = name === undefined || !Object.hasOwn(known, name) ? [] : known[name]!;
    if (values.length > 0 && !Array.isArray(node) && (pick % 8 !== 0 || next() % 2 === 0)) return structuredClone(values[next() % values.length]);
    if (Array.isArray(node)) return node.map((item) => walk(item, name?.replace(/s$/, '')));
    return isObject(node) ? Object.fromEntries(Object.entries(node).map(([member, value]) => [member, walk(value, member)])) : node;
  };
  return walk(document, undefined) as Json;
}
