import { createHash } from 'node:crypto';

/** Ids and random bytes of one storyboard run. The same seed and scope give the same sequence. */
export interface IdSource {
  /** A UUID of version 4. */
  uuid(): string;
  /** `bytes` random bytes in lower-case hex. */
  hex(bytes: number): string;
}

/** A source for one scope (a storyboard's id) under the run's seed: scopes do not disturb each other. */
export function seededIds(seed: string, scope: string): IdSource {
  let drawn = 0;
  const block = (): string => createHash('sha256').update(`${seed}\0${scope}\0${(drawn += 1)}`).digest('hex');
  return {
    uuid() {
      const hex = block();
      const variant = '89ab'[Number.parseInt(hex[16]!, 16) % 4]!;
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    },
    hex(bytes) {
      let text = '';
      while (text.length < bytes * 2) text += block();
      return text.slice(0, bytes * 2);
    },
  };
}
