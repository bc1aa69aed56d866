/** `Content-Digest` (RFC 9530) in AdCP's spelling: unpadded base64url. Standard base64 is read as well, because signers differ. */
import { createHash } from 'node:crypto';

const sha256 = (body: string | Uint8Array): Buffer => createHash('sha256').update(body).digest();

export const contentDigest = (body: string): string => `sha-256=:${sha256(body).toString('base64url')}:`;

/** Whether a header can be read in one way only: digests by name, and no name twice. */
export function readsOneWay(header: string): boolean {
  const members = header.split(',').map((member) => /^\s*([a-z*][a-z0-9_.*-]*)=:[\w+/=-]*:\s*$/i.exec(member)?.[1]?.toLowerCase());
  return !members.includes(undefined) && new Set(members).size === members.length;
}

/** Whether a header's SHA-256 digest is that of the body. */
export function digestFits(header: string, body: string | Uint8Array): boolean {
  const token = /(?:^|,)\s*sha-256=:([\w+/=-]*):/i.exec(header)?.[1];
  return token !== undefined && Buffer.from(token, 'base64').equals(sha256(body));
}
