/**
 * Which addresses the judge may send to: public ones, and those that the operator gave. Storyboards and sellers name URLs too
 * (metadata, keys, callbacks), and neither may lead the judge into its own network.
 */
import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

export interface ReachOptions {
  /** URLs that the operator wrote down; their origins are reached wherever they lie. */
  readonly given: readonly string[];
  /** Every private address may be reached (`--allow-private`). */
  readonly allowPrivate?: boolean;
  /** Origin -> origin that stands in for it (`--map`); the latter is the operator's own and reached wherever it lies. */
  readonly map?: ReadonlyMap<string, string>;
}

export type Route =
  | {
    readonly kind: 'open';
    /** Where the request goes. */
    readonly url: URL;
    /** The `Host` to send when another origin stands in for the one that was asked for. */
    readonly host?: string;
    /** Resolves the name and checks what it leads to, so that the address checked is the address used. */
    readonly lookup?: LookupFunction;
  }
  | { readonly kind: 'barred'; readonly reason: string };

/** Code of the error with which a name that leads to a private address fails to resolve. */
export const BARRED = 'EBARRED';

const inner = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24],
  ['192.0.2.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const) inner.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 96], ['64:ff9b::', 96], ['64:ff9b:1::', 48], ['100::', 64], ['2001::', 32], ['2001:db8::', 32], ['2002::', 16], ['fc00::', 7],
  ['fe80::', 10], ['fec0::', 10], ['ff00::', 8],
] as const) inner.addSubnet(net, prefix, 'ipv6');

const metadata = new BlockList();
for (const address of ['169.254.169.254', '169.254.170.2', '100.100.100.200']) metadata.addAddress(address, 'ipv4');
for (const address of ['fd00:ec2::254', 'fd20:ce::254']) metadata.addAddress(address, 'ipv6');

export class Reach {
  readonly #given: ReadonlySet<string>;
  readonly #map: ReadonlyMap<string, string>;
  readonly #allowPrivate: boolean;

  constructor({ given, map = new Map(), allowPrivate = false }: ReachOptions) {
    this.#given = new Set(given.map((url) => new URL(url).origin));
    this.#map = map;
    this.#allowPrivate = allowPrivate;
  }

  /** Whether the operator gave the address or let every private one be reached: only there is plain http spoken to documents. */
  vouchedFor(address: string): boolean {
    const { origin } = new URL(address);
    return this.#allowPrivate || this.#given.has(origin) || this.#map.has(origin);
  }

  /** The way to a URL, or why there is none. A name is resolved, and judged, when the connection is made. */
  route(address: string): Route {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
      return { kind: 'barred', reason: `${JSON.stringify(address)} is no address of HTTP` };
    const standIn = this.#map.get(url.origin);
    if (standIn !== undefined) return { kind: 'open', url: new URL(url.pathname + url.search, standIn), host: url.host };
    if (this.#given.has(url.origin)) return { kind: 'open', url };
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) === 0) return { kind: 'open', url, lookup: this.#allowPrivate ? guestLookup : publicLookup };
    if (isMetadata(literal)) return { kind: 'barred', reason: metadataReason(url.hostname) };
    return this.#allowPrivate || isPublic(literal) ? { kind: 'open', url } : { kind: 'barred', reason: privateReason(url.hostname) };
  }
}

/** Whether an IP address lies outside of every private and special range; IPv4 inside IPv6 is judged as IPv4. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && !inner.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** Where clouds hand out credentials to whoever asks from within: no flag opens these. */
function isMetadata(address: string): boolean {
  return metadata.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}

const privateReason = (host: string): string => `${host} is a private address, which needs --allow-private`;
const metadataReason = (host: string): string => `${host} is an address of cloud metadata, which is never asked`;

function lookupOf(reasonAgainst: (hostname: string, address: string) => string | undefined): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const found = error === null ? addresses : [];
      const reason = found.map(({ address }) => reasonAgainst(hostname, address)).find((each) => each !== undefined);
      if (error !== null) done(error, '', 0);
      else if (reason !== undefined) done(Object.assign(new Error(reason), { code: BARRED }), '', 0);
      else if (options.all === true) done(null, found);
      else done(null, found[0]!.address, found[0]!.family);
    });
  };
}

const publicLookup = lookupOf((hostname, address) => (isPublic(address) ? undefined : privateReason(hostname)));
/** For runs in which private addresses may be reached. */
const guestLookup = lookupOf((hostname, address) => (isMetadata(address) ? metadataReason(hostname) : undefined));
