import type { AnsweredTask, AnsweredTasks, AnsweredWish } from '../domain/ports/answered-tasks.ts';

/**
 * The tasks that this server answered lately, by caller. Every one of them has ended: an AdCP task that goes on is a document with an id of
 * its own, which is kept in the store and is asked for as AdCP asks. So this may forget, and does when it has grown.
 */
export class TaskBook implements AnsweredTasks {
  readonly #most: number;
  readonly #owned = new Map<string, AnsweredTask>();
  readonly #sizes = new Map<string, number>();
  #size = 0;

  /** @param most characters of JSON that all tasks may have together */
  constructor(most: number) {
    this.#most = most;
  }

  async keep(owner: string, task: AnsweredTask): Promise<void> {
    const [key, size] = [keyOf(owner, task.id), JSON.stringify(task.document).length];
    this.#owned.set(key, task);
    this.#sizes.set(key, size);
    this.#size += size;
    for (const oldest of this.#owned.keys()) {
      if (this.#size <= this.#most) break;
      this.#forget(oldest);
    }
  }

  async find(owner: string, id: string): Promise<unknown> {
    return this.#owned.get(keyOf(owner, id))?.document;
  }

  async list(owner: string, { context_id, state, limit, skip }: AnsweredWish): Promise<{ readonly documents: readonly unknown[]; readonly total: number }> {
    const prefix = keyOf(owner, '');
    const all = [...this.#owned].toReversed().flatMap(([key, task]) =>
      (key.startsWith(prefix) && (context_id === undefined || task.context_id === context_id) && (state === undefined || task.state === state) ? [task.document] : []));
    return { documents: all.slice(skip, skip + limit), total: all.length };
  }

  #forget(key: string): void {
    this.#size -= this.#sizes.get(key)!;
    this.#sizes.delete(key);
    this.#owned.delete(key);
  }
}

const keyOf = (owner: string, id: string): string => `${JSON.stringify(owner)} ${id}`;
