import type { Nonces } from '../../protocol/signatures/verify.ts';

/** Nonces of good signatures, by signer and key, until the signatures have expired. A key that fills its room is refused, instead of forgetting any. */
export class NonceMemory {
  readonly #kept = new Map<string, Map<string, number>>();
  readonly #perKey: number;

  /** @param perKey so many live nonces of one key at most */
  constructor(perKey: number) {
    this.#perKey = perKey;
  }

  /** What is known of one signer. @param now seconds since 1970 */
  of(signer_id: string, now: number): Nonces {
    const named = (keyid: string): string => JSON.stringify([signer_id, keyid]);
    return {
      seen: (keyid, nonce) => this.#kept.get(named(keyid))?.has(nonce) === true,
      full: (keyid) => {
        const kept = this.#kept.get(named(keyid));
        if (kept === undefined || kept.size < this.#perKey) return false;
        for (const [nonce, until] of kept) if (until < now) kept.delete(nonce);
        return kept.size >= this.#perKey;
      },
      remember: (keyid, nonce, until) => {
        const kept = this.#kept.get(named(keyid)) ?? new Map<string, number>();
        this.#kept.set(named(keyid), kept.set(nonce, until));
        // The oldest come first; two for each new one keep what is over from piling up.
        let looked = 0;
        for (const [old, expired] of kept) {
          if (expired >= now || (looked += 1) > 2) break;
          kept.delete(old);
        }
      },
    };
  }
}
