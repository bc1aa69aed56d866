import type { Worker } from 'node:worker_threads';
import type { Hindrance } from '../../domain/ports/hindrance.ts';
import type { Outcome } from './group-commit.ts';
import type { Write } from './write.ts';
import type { FromWriteThread, ToWriteThread } from './write-thread.ts';
import type { Committer } from './writer.ts';

interface Waiting {
  readonly writes: readonly Write[];
  readonly told: (outcomes: readonly Outcome[]) => void;
}

/** A thread that ends before it has written anything is begun anew after so long, so that one that cannot live costs little. */
const PAUSE_MS = 1_000;

/**
 * Hands groups of writes to a thread. When that ends without having been asked to, whoever waits for it is told so (what it was doing may be
 * on disk or not), and another takes its place.
 */
export class ThreadCommitter implements Committer {
  readonly #begin: () => Worker;
  /** Absent while one that could not live is not yet begun anew. Each has a queue of its own, lest an answer of one pass for another's. */
  #current: { readonly thread: Worker; readonly waiting: Waiting[] } | undefined;
  #pause: NodeJS.Timeout | undefined;
  #closed: (() => void) | undefined;
  #lost: Hindrance = { kind: 'writer_lost', detail: 'it has ended' };

  /** @param begin starts the thread; called again whenever it has ended */
  constructor(begin: () => Worker) {
    this.#begin = begin;
    this.#start();
  }

  commit(writes: readonly Write[], told: (outcomes: readonly Outcome[]) => void): void {
    if (this.#current === undefined) return told(this.#hindered(writes));
    this.#current.waiting.push({ writes, told });
    this.#current.thread.postMessage(writes satisfies ToWriteThread);
  }

  close(): Promise<void> {
    clearTimeout(this.#pause);
    if (this.#current === undefined) return Promise.resolve();
    this.#current.thread.postMessage('close' satisfies ToWriteThread);
    return new Promise((resolve) => { this.#closed = resolve; });
  }

  #start(): void {
    const thread = this.#begin();
    const waiting: Waiting[] = [];
    let hasWritten = false;
    this.#current = { thread, waiting };
    thread.on('message', (groups: FromWriteThread) => {
      hasWritten = true;
      for (const outcomes of groups) waiting.shift()!.told(outcomes);
    });
    thread.on('error', (error) => { this.#lost = { kind: 'writer_lost', detail: error.message }; });
    thread.on('exit', () => {
      this.#current = undefined;
      if (this.#closed === undefined && hasWritten) this.#start();
      else if (this.#closed === undefined) this.#pause = setTimeout(() => this.#start(), PAUSE_MS).unref();
      for (const { writes, told } of waiting) told(this.#hindered(writes));
      this.#closed?.();
    });
  }

  #hindered(writes: readonly Write[]): Outcome[] {
    return writes.map(() => ({ kind: 'hindered', hindrance: this.#lost }));
  }
}
