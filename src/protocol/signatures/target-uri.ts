/** The URL of a request in the one form that both sides of AdCP's RFC 9421 profile sign and check. */

export interface Target {
  /** Scheme, authority, path and query; no user, no default port, no fragment. */
  readonly uri: string;
  /** As in `Host`. */
  readonly authority: string;
  /** Path and query as they must stand on the request line, so that what is signed is what arrives. */
  readonly path: string;
}

/** A URL that cannot be signed, because two sides might read it differently. */
export class MalformedTarget extends Error {}

/** @throws MalformedTarget */
export function targetOf(url: string): Target {
  // The URL parser forgives an empty authority (`https:///p` becomes the host `p`); a signature must not.
  if (!/^https?:\/\/[^/?#\\]/i.test(url)) throw new MalformedTarget('the URL has no authority');
  const parsed = URL.parse(url);
  if (parsed === null || parsed.hostname === '') throw new MalformedTarget('the URL cannot be read');
  const query = /\?[^#]*/.exec(parsed.href)?.[0] ?? '';
  const path = normalPath(parsed.pathname) + query;
  return { uri: `${parsed.protocol}//${parsed.host}${path}`, authority: parsed.host, path };
}

/** RFC 3986 §6.2.2: what needs no escape is not escaped, and escapes are in upper case. The parser has resolved dot segments. */
const normalPath = (path: string): string =>
  path.replace(/%([0-9a-f]{2})/gi, (escape, hex: string) => {
    const letter = String.fromCharCode(Number.parseInt(hex, 16));
    return /[\w.~-]/.test(letter) ? letter : escape.toUpperCase();
  });
