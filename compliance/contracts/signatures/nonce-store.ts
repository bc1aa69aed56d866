/** Nonces that were seen, by key: a signature that comes twice was replayed. */
export class NonceStore {
  readonly #seen = new Map<string, Map<string, number>>();
  readonly #capPerKey: number;

  /** @param capPerKey a key with so many live nonces is refused, instead of forgetting any */
  constructor(capPerKey = 1_000_000) {
    this.#capPerKey = capPerKey;
  }

  has(keyid: string, nonce: string): boolean {
    return this.#seen.get(keyid)?.has(nonce) === true;
  }

  /** Remembers a nonce until its signature has expired. */
  add(keyid: string, nonce: string, untilSeconds: number): void {
    const known = this.#seen.get(keyid) ?? new Map<string, number>();
    this.#seen.set(keyid, known.set(nonce, untilSeconds));
  }

  isFull(keyid: string, nowSeconds: number): boolean {
    const known = this.#seen.get(keyid);
    if (known === undefined || known.size < this.#capPerKey) return false;
    for (const [nonce, until] of known) if (until < nowSeconds) known.delete(nonce);
    return known.size >= this.#capPerKey;
  }
}
