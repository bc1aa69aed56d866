import { StoreUnavailable } from '../../domain/ports/hindrance.ts';
import { Stale } from '../stale.ts';
import type { Outcome } from './group-commit.ts';
import type { Write, Written, WriteOf } from './write.ts';

/** Takes the writes that have come together, and tells what came of each when it is on disk. */
export interface Committer {
  commit(writes: readonly Write[], told: (outcomes: readonly Outcome[]) => void): void;
  /** Resolves when everything that was handed over is on disk and nothing is held open. */
  close(): Promise<void>;
}

interface Waiting {
  readonly write: Write;
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

/** Gathers the writes of calls that run at the same time, and hands them over in groups. */
export class Writer {
  readonly #committer: Committer;
  readonly #ended: (write: Write) => void;
  #waiting: Waiting[] = [];

  /** @param ended is told of each write that is, or may be, on disk, before anybody who waits for one of its group goes on */
  constructor(committer: Committer, ended: (write: Write) => void) {
    this.#committer = committer;
    this.#ended = ended;
  }

  /** Resolves when it is on disk. @throws Stale, StoreUnavailable */
  write<Kind extends Write['kind']>(write: WriteOf<Kind>): Promise<Written[Kind]> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.push({ write, resolve, reject }) === 1) setImmediate(() => this.#flush());
    });
  }

  close(): Promise<void> {
    this.#flush();
    return this.#committer.close();
  }

  #flush(): void {
    const group = this.#waiting;
    if (group.length === 0) return;
    this.#waiting = [];
    this.#committer.commit(group.map(({ write }) => write), (outcomes) => {
      for (const { write } of group) this.#ended(write);
      outcomes.forEach((outcome, at) => settle(group[at]!, outcome));
    });
  }
}

function settle({ resolve, reject }: Waiting, outcome: Outcome): void {
  switch (outcome.kind) {
    case 'done': return resolve(outcome.result as never);
    case 'stale': return reject(new Stale());
    case 'hindered': return reject(new StoreUnavailable(outcome.hindrance));
    case 'failed': return reject(outcome.error);
  }
}
