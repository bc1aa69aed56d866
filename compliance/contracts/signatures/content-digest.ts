/** `Content-Digest` (RFC 9530) with SHA-256. */
import { createHash } from 'node:crypto';
import { parseDictionary } from './structured-field.ts';

/** The field over a body, as AdCP writes it: base64url without padding. */
export function contentDigest(body: Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64url')}:`;
}

export type DigestCheck = 'matches' | 'differs' | 'malformed';

/** Whether a field is the digest of a body. A field that names no SHA-256, or names it twice, is malformed. */
export function checkContentDigest(field: string, body: Uint8Array): DigestCheck {
  const member = parseDictionary(field)?.get('sha-256');
  if (member?.kind !== 'item' || member.bare.kind !== 'bytes') return 'malformed';
  return createHash('sha256').update(body).digest().equals(member.bare.value) ? 'matches' : 'differs';
}
