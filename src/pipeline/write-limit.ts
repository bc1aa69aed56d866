/** How fast new idempotency keys may come in: a token bucket for each scope (seller specification §1.8). Replays cost nothing. */

export interface WriteRate {
  /** Sustained. */
  readonly per_second: number;
  /** At once, after a pause. */
  readonly burst: number;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Buckets kept at most; those that are full again are forgotten first. */
const MOST_BUCKETS = 10_000;

export class WriteLimit {
  readonly #rate: WriteRate;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: WriteRate) {
    this.#rate = rate;
  }

  /** Takes one write. @returns 0 when it may go on, else after how many whole seconds it may be tried again (1 to 3600) */
  take(scope: string, now: Date): number {
    const { per_second, burst } = this.#rate;
    const atMs = now.getTime();
    const known = this.#buckets.get(scope) ?? { tokens: burst, atMs };
    const tokens = Math.min(burst, known.tokens + (Math.max(0, atMs - known.atMs) / 1000) * per_second);
    this.#buckets.delete(scope);
    this.#buckets.set(scope, { tokens: tokens >= 1 ? tokens - 1 : tokens, atMs });
    if (this.#buckets.size > MOST_BUCKETS) this.#forgetFull(atMs);
    return tokens >= 1 ? 0 : Math.min(3600, Math.max(1, Math.ceil((1 - tokens) / per_second)));
  }

  #forgetFull(atMs: number): void {
    const { per_second, burst } = this.#rate;
    for (const [scope, bucket] of this.#buckets)
      if (bucket.tokens + ((atMs - bucket.atMs) / 1000) * per_second >= burst) this.#buckets.delete(scope);
  }
}
