/**
 * Rows that were read lately, parsed. Safe because one process writes, no transaction reads through here what it may take back, and a
 * row that was written is forgotten here before its writer is told that it is on disk. Records are never changed in place.
 */
export class RecordCache<Rec> {
  readonly #most: number;
  readonly #kept = new Map<string, Rec>();

  /** @param most entries; the one that was asked for longest ago gives way */
  constructor(most: number) {
    this.#most = most;
  }

  /** The record under a key; `load` finds it when it is not at hand. What does not exist is not kept. */
  get(key: string, load: () => Rec | undefined): Rec | undefined {
    const kept = this.#kept.get(key);
    const found = kept ?? load();
    if (found === undefined) return undefined;
    if (kept !== undefined) this.#kept.delete(key);
    else if (this.#kept.size >= this.#most) this.#kept.delete(this.#kept.keys().next().value!);
    this.#kept.set(key, found);
    return found;
  }

  forget(key: string): void {
    this.#kept.delete(key);
  }

  clear(): void {
    this.#kept.clear();
  }
}
