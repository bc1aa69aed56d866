/** Cursors under a key: the tag over list and position is what the position is encrypted with (synthetic IV, as in RFC 5297), so that equal ones look equal. */
import { createCipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Cursors } from '../domain/ports/cursors.ts';

const TAG_BYTES = 16;
/** Positions are filled up to this, so that a cursor's length tells nothing of them either. */
const BLOCK_BYTES = 32;

const filled = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((BLOCK_BYTES - (bytes.length % BLOCK_BYTES)) % BLOCK_BYTES)]);

/** @param secret 32 bytes; what they seal otherwise stays apart */
export function sealedCursors(secret: Buffer): Cursors {
  const [tagKey, key] = ['tag', 'text'].map((use) => Buffer.from(hkdfSync('sha256', secret, '', `adwright cursors ${use}`, 32))) as [Buffer, Buffer];
  const tagOf = (position: Buffer, list: string): Buffer => createHmac('sha256', tagKey).update(`${list}\n`).update(position).digest().subarray(0, TAG_BYTES);
  const crypt = (bytes: Buffer, tag: Buffer): Buffer => createCipheriv('aes-256-ctr', key, tag).update(bytes);
  return {
    seal(position, list) {
      const plain = filled(Buffer.from(position));
      const tag = tagOf(plain, list);
      return Buffer.concat([tag, crypt(plain, tag)]).toString('base64url');
    },
    open(cursor, list) {
      const bytes = Buffer.from(cursor, 'base64url');
      if (bytes.length <= TAG_BYTES || bytes.toString('base64url') !== cursor) return undefined;
      const tag = bytes.subarray(0, TAG_BYTES);
      const position = crypt(bytes.subarray(TAG_BYTES), tag);
      return timingSafeEqual(tagOf(position, list), tag) ? position.toString().replace(/\0+$/, '') : undefined;
    },
  };
}
