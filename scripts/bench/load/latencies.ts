/** How long things took, counted in steps of one percent, so that ten minutes of it take no more room than ten seconds. */

const STEP = Math.log(1.01);
/** Nothing is quicker than a microsecond. */
const LEAST_MS = 0.001;

export class Latencies {
  readonly #counts: number[] = [];
  #total = 0;

  get total(): number {
    return this.#total;
  }

  add(milliseconds: number): void {
    const step = Math.max(0, Math.ceil(Math.log(milliseconds / LEAST_MS) / STEP));
    this.#counts[step] = (this.#counts[step] ?? 0) + 1;
    this.#total += 1;
  }

  /** @param share such as 0.99. @returns milliseconds that so many took at most; NaN when there was nothing */
  quantile(share: number): number {
    let left = Math.ceil(this.#total * share);
    for (const [step, count] of this.#counts.entries()) {
      left -= count ?? 0;
      if (left <= 0 && this.#total > 0) return LEAST_MS * Math.exp(step * STEP);
    }
    return Number.NaN;
  }
}
