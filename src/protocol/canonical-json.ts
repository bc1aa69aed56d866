/** RFC 8785 (JCS): one byte sequence for equal JSON documents, whatever the order of their members. */
import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * The canonical text of a JSON value.
 * @throws TypeError when the value is not JSON (undefined, a function, a number that is not finite)
 */
export function canonicalJson(value: unknown): string {
  const text = plainText(value) ?? canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}

/** SHA-256 over the canonical text, in lower-case hex. */
export function canonicalHash(value: unknown): string {
  return hash('sha256', canonicalJson(value));
}

/**
 * The same text for documents without anything unusual, in half the time: `JSON.stringify` writes numbers and strings as RFC 8785 asks,
 * and members in the order in which an object has got them.
 * @returns undefined for what the library must write, or refuse
 */
function plainText(value: unknown): string | undefined {
  const ordered = inOrder(value);
  const text = ordered === UNUSUAL ? undefined : JSON.stringify(ordered);
  return text?.includes(HALF_OF_A_PAIR) ? undefined : text;
}

const UNUSUAL = Symbol('unusual');
const HALF_OF_A_PAIR = '\\ud';

function inOrder(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : UNUSUAL;
  if (typeof value !== 'object' || 'toJSON' in value) return UNUSUAL;
  if (Array.isArray(value)) return listInOrder(value);
  const ordered: Record<string, unknown> = {};
  for (const name of Object.keys(value).sort()) {
    const member = keepsItsPlace(name) ? inOrder((value as Readonly<Record<string, unknown>>)[name]) : UNUSUAL;
    if (member === UNUSUAL) return UNUSUAL;
    ordered[name] = member;
  }
  return ordered;
}

function listInOrder(list: readonly unknown[]): unknown {
  const ordered: unknown[] = [];
  for (const each of list) {
    const item = inOrder(each);
    if (item === UNUSUAL) return UNUSUAL;
    ordered.push(item);
  }
  return ordered;
}

/** Objects put names that are numbers before all others, and one name has a meaning of its own. */
function keepsItsPlace(name: string): boolean {
  const first = name.charCodeAt(0);
  return !(first >= 0x30 && first <= 0x39) && name !== '__proto__';
}
