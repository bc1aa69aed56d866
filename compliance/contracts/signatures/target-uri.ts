/** The two components of a request's address that a signature covers, in the one form that both sides have to reach. */
import { isIPv6 } from 'node:net';

export interface SignedTarget {
  /** `@target-uri` */
  readonly uri: string;
  /** `@authority` */
  readonly authority: string;
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: '80', https: '443' };
const PARTS = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(?:#.*)?$/s;

/**
 * Lower-case scheme and host (Unicode names as Punycode), no user, no default port, no fragment, dot segments removed, escapes of
 * unreserved characters undone and all others in upper case; path and query otherwise byte for byte.
 * Undefined when the address is malformed: no host, an IPv6 address without brackets or with a zone.
 */
export function canonicalTarget(url: string): SignedTarget | undefined {
  const parts = PARTS.exec(url);
  if (parts === null) return undefined;
  const [, rawScheme = '', rawAuthority = '', rawPath = '', query = ''] = parts;
  const scheme = rawScheme.toLowerCase();
  const authority = canonicalAuthority(rawAuthority, DEFAULT_PORTS[scheme]);
  if (authority === undefined) return undefined;
  const path = withoutDotSegments(canonicalEscapes(rawPath === '' ? '/' : rawPath));
  return { uri: `${scheme}://${authority}${path}${query}`, authority };
}

function canonicalAuthority(raw: string, defaultPort: string | undefined): string | undefined {
  const address = raw.slice(raw.lastIndexOf('@') + 1);
  const [, bracketed, name, port = ''] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d*))?$/.exec(address) ?? [];
  const host = bracketed === undefined ? canonicalName(name ?? '') : isIPv6(bracketed) && !bracketed.includes('%')
    ? `[${bracketed.toLowerCase()}]`
    : undefined;
  if (host === undefined || host === '') return undefined;
  return port === '' || port === defaultPort ? host : `${host}:${port}`;
}

function canonicalName(name: string): string | undefined {
  if (/^[\x21-\x7e]*$/.test(name)) return name.toLowerCase();
  return URL.canParse(`https://${name}/`) ? new URL(`https://${name}/`).hostname : undefined;
}

function canonicalEscapes(path: string): string {
  return path.replaceAll(/%[0-9A-Fa-f]{2}/g, (escape) => {
    const char = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(char) ? char : escape.toUpperCase();
  });
}

/** RFC 3986 §5.2.4 over an absolute path: empty segments are segments. */
function withoutDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  segments.forEach((segment, i) => {
    const last = i === segments.length - 1;
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
    if (last && (segment === '.' || segment === '..')) kept.push('');
  });
  return `/${kept.join('/')}`;
}
