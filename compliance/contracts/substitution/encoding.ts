/** How a value of a catalogue has to stand in a URL: normalised (NFC), then every byte escaped that RFC 3986 does not call unreserved. */

const RESERVED_BY_US = /[!'()*]/g;
const ESCAPE = /%[0-9A-Fa-f]{2}/g;
const SAFE = /^(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})*$/;

/** Stricter than `encodeURIComponent`, which leaves five sub-delimiters as they are. */
export function encodeForUrl(value: string): string {
  return encodeURIComponent(value.normalize('NFC').toWellFormed())
    .replaceAll(RESERVED_BY_US, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Whether two encodings are the same; only the two digits of an escape may differ in case. */
export function sameEncoding(observed: string, expected: string): boolean {
  return upperEscapes(observed) === upperEscapes(expected);
}

/** Whether a text holds nothing but unreserved characters and escapes. */
export const isSafelyEncoded = (text: string): boolean => SAFE.test(text);

/** The place of the first byte that differs. */
export function divergence(observed: string, expected: string): number {
  const [a, b] = [Buffer.from(upperEscapes(observed)), Buffer.from(upperEscapes(expected))];
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at === -1 ? Math.min(a.length, b.length) : at;
}

/** A text with its escapes undone, as far as they can be read. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const upperEscapes = (text: string): string => text.replaceAll(ESCAPE, (escape) => escape.toUpperCase());
