/** RFC 8785 (JCS): one byte sequence for equal JSON documents, whatever the order of their members. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * The canonical text of a JSON value.
 * @throws TypeError when the value is not JSON (undefined, a function, a number that is not finite)
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}

/** SHA-256 over the canonical text, in lower-case hex. */
export function canonicalHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
