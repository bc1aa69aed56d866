import type { Statements } from './rows.ts';

interface Waiting {
  readonly write: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes of calls that arrive together are committed together: one flush to disk for all of them, each in a savepoint of its own,
 * so that one that fails leaves nothing behind and does not touch the others. Resolves when the commit is on disk.
 * One write alone needs no savepoint.
 */
export class Writer {
  readonly #sql: Statements;
  #waiting: Waiting[] = [];

  constructor(statements: Statements) {
    this.#sql = statements;
  }

  write<Result>(write: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.push({ write, resolve, reject }) === 1) setImmediate(() => this.flush());
    });
  }

  /** Commits what waits now. */
  flush(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    const [first, ...more] = batch;
    if (first === undefined) return;
    const settle: (() => void)[] = [];
    try {
      this.#sql.run('BEGIN IMMEDIATE');
      if (more.length === 0) settle.push(this.#alone(first));
      else for (const each of batch) settle.push(this.#inSavepoint(each));
      this.#sql.run('COMMIT');
    } catch (error) {
      if (this.#sql.inTransaction) this.#sql.run('ROLLBACK');
      for (const each of batch) each.reject(error);
      return;
    }
    for (const each of settle) each();
  }

  #alone({ write, resolve }: Waiting): () => void {
    const result = write();
    return () => resolve(result as never);
  }

  #inSavepoint({ write, resolve, reject }: Waiting): () => void {
    this.#sql.run('SAVEPOINT one');
    try {
      const result = write();
      this.#sql.run('RELEASE one');
      return () => resolve(result as never);
    } catch (error) {
      this.#sql.run('ROLLBACK TO one');
      this.#sql.run('RELEASE one');
      return () => reject(error);
    }
  }
}
