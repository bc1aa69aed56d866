/** How many bad signatures may come from one side under one name of a key, in a minute. */
const MOST_FAILURES = 60;
const WINDOW_MS = 60_000;
/** So many are counted at a time; the oldest is forgotten for the newest. */
const MOST_COUNTED = 10_000;

/** Counts failures, so that nobody can make the seller check signatures for nothing. */
export class FailureRate {
  readonly #counted = new Map<string, { failures: number; readonly ends: number }>();

  /** Seconds until the next one is looked at; 0: now. */
  wait(who: string, now: number): number {
    const counted = this.#counted.get(who);
    return counted === undefined || counted.ends <= now || counted.failures < MOST_FAILURES ? 0 : Math.ceil((counted.ends - now) / 1000);
  }

  failed(who: string, now: number): void {
    const counted = this.#counted.get(who);
    if (counted !== undefined && counted.ends > now) {
      counted.failures += 1;
      return;
    }
    this.#counted.delete(who);
    if (this.#counted.size >= MOST_COUNTED) this.#counted.delete(this.#counted.keys().next().value!);
    this.#counted.set(who, { failures: 1, ends: now + WINDOW_MS });
  }
}
