/** From which address somebody calls, as far as it can be told. */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * @param proxies how many proxies stand in front, each of which adds the address that it was called from to X-Forwarded-For. Absent: one, where
 *   the connection comes from this machine or a private network and brings such a header; else none.
 * @returns the address, of IPv6 the network (/64) that one host usually has for itself
 */
export function peerOf({ socket, headers }: IncomingMessage, proxies?: number): string {
  const direct = plain(socket.remoteAddress ?? '');
  const trusted = proxies ?? (isPrivate(direct) ? 1 : 0);
  const named = trusted > 0 ? [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-trusted)?.trim() : undefined;
  return network(named !== undefined && isIP(named) ? plain(named) : direct);
}

/** IPv4 inside IPv6 as what it is. */
const plain = (address: string): string => /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;

const isPrivate = (address: string): boolean => /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|f[cd]|fe80:)/i.test(address);

function network(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...before, ...Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0'), ...after];
  return `${groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
