import type { IncomingMessage } from 'node:http';

/** JSON-RPC's range for errors of a server; MCP servers answer this one to a page that may not call them. */
const NOT_OURS = -32000;

export interface ForeignCall {
  readonly status: 403;
  readonly code: typeof NOT_OURS;
  readonly message: string;
}

/** So many spellings of our own names are known at a time: the same few come with nearly every call. */
const MOST_KNOWN = 100;

/**
 * Tells calls for a host, or from a page of an origin, that is not ours, so that no web page reaches the server through a name of its
 * own (DNS rebinding).
 * @param hosts names without ports; IPv6 addresses in brackets
 */
export function ownHosts(hosts: readonly string[]): (request: IncomingMessage) => ForeignCall | undefined {
  const known = new Set<string>();
  const isOurs = (url: string): boolean => {
    if (known.has(url)) return true;
    const ours = hosts.includes(URL.parse(url)?.hostname ?? '');
    if (ours && known.size < MOST_KNOWN) known.add(url);
    return ours;
  };
  return ({ headers: { host, origin } }) => {
    if (host === undefined || !isOurs(`http://${host}`)) return foreign('the Host header names no host of this server');
    return origin === undefined || isOurs(origin) ? undefined : foreign('the Origin header names no page of this server');
  };
}

const foreign = (message: string): ForeignCall => ({ status: 403, code: NOT_OURS, message });
