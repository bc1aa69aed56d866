import type { Task } from 'a2a';

export interface ListWish {
  /** Empty: of any conversation. */
  readonly context_id: string;
  readonly is: (task: Task) => boolean;
  /** As many. */
  readonly limit: number;
  /** How many to leave out from the newest on. */
  readonly skip: number;
}

/**
 * The tasks that were answered lately, by caller. Every one of them has ended: an AdCP task that goes on is a document with an id of
 * its own, which is kept in the store and is asked for as AdCP asks. So this may forget, and does when it has grown.
 */
export class TaskBook {
  readonly #most: number;
  readonly #owned = new Map<string, Task>();
  readonly #sizes = new Map<string, number>();
  #size = 0;

  /** @param most characters of JSON that all tasks may have together */
  constructor(most: number) {
    this.#most = most;
  }

  keep(owner: string, task: Task): void {
    const [key, size] = [keyOf(owner, task.id), JSON.stringify(task).length];
    this.#owned.set(key, task);
    this.#sizes.set(key, size);
    this.#size += size;
    for (const oldest of this.#owned.keys()) {
      if (this.#size <= this.#most) break;
      this.#forget(oldest);
    }
  }

  find(owner: string, id: string): Task | undefined {
    return this.#owned.get(keyOf(owner, id));
  }

  /** Newest first. */
  list(owner: string, { context_id, is, limit, skip }: ListWish): { readonly tasks: readonly Task[]; readonly total: number } {
    const prefix = keyOf(owner, '');
    const all = [...this.#owned].toReversed()
      .flatMap(([key, task]) => (key.startsWith(prefix) && (context_id === '' || task.contextId === context_id) && is(task) ? [task] : []));
    return { tasks: all.slice(skip, skip + limit), total: all.length };
  }

  #forget(key: string): void {
    this.#size -= this.#sizes.get(key)!;
    this.#sizes.delete(key);
    this.#owned.delete(key);
  }
}

const keyOf = (owner: string, id: string): string => `${JSON.stringify(owner)} ${id}`;
