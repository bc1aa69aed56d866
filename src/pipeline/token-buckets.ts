/** How often something may happen: a token bucket for each scope. */

export interface Rate {
  /** Sustained. */
  readonly per_second: number;
  /** At once, after a pause. */
  readonly burst: number;
}

interface Bucket {
  readonly tokens: number;
  readonly atMs: number;
}

/** Buckets kept at most; the one that has rested longest is forgotten first, and is nearly always full. */
const MOST_BUCKETS = 10_000;
/** What AdCP allows `retry_after` to be, in seconds. */
const LONGEST_WAIT = 3600;

export class TokenBuckets {
  readonly #rate: Rate;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /** Whether nothing was ever taken: then looking needs no scope. */
  get untouched(): boolean {
    return this.#buckets.size === 0;
  }

  /** Takes one. @returns 0 when it may go on, else after how many whole seconds it may be tried again (1 to 3600) */
  take(scope: string, now: Date): number {
    const atMs = now.getTime();
    const tokens = this.#tokens(scope, atMs);
    this.#buckets.delete(scope);
    this.#buckets.set(scope, { tokens: tokens >= 1 ? tokens - 1 : tokens, atMs });
    if (this.#buckets.size > MOST_BUCKETS) this.#buckets.delete(this.#buckets.keys().next().value!);
    return this.#wait(tokens);
  }

  /** What taking one would answer, without taking it. */
  look(scope: string, now: Date): number {
    return this.#wait(this.#tokens(scope, now.getTime()));
  }

  #tokens(scope: string, atMs: number): number {
    const known = this.#buckets.get(scope);
    const { per_second, burst } = this.#rate;
    return known === undefined ? burst : Math.min(burst, known.tokens + (Math.max(0, atMs - known.atMs) / 1000) * per_second);
  }

  #wait(tokens: number): number {
    return tokens >= 1 ? 0 : Math.min(LONGEST_WAIT, Math.max(1, Math.ceil((1 - tokens) / this.#rate.per_second)));
  }
}
