import type { Sql } from './database.ts';

interface Waiting {
  readonly write: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes of calls that arrive together are committed together: one flush to disk for all of them, each in a savepoint of its own,
 * so that one that fails leaves nothing behind and does not touch the others. Resolves when the commit is on disk.
 */
export class Writer {
  readonly #sql: Sql;
  #waiting: Waiting[] = [];

  constructor(sql: Sql) {
    this.#sql = sql;
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
    if (batch.length === 0) return;
    const settle: (() => void)[] = [];
    try {
      this.#sql.exec('BEGIN IMMEDIATE');
      for (const each of batch) settle.push(this.#inSavepoint(each));
      this.#sql.exec('COMMIT');
    } catch (error) {
      if (this.#sql.inTransaction) this.#sql.exec('ROLLBACK');
      for (const each of batch) each.reject(error);
      return;
    }
    for (const each of settle) each();
  }

  #inSavepoint({ write, resolve, reject }: Waiting): () => void {
    this.#sql.exec('SAVEPOINT one');
    try {
      const result = write();
      this.#sql.exec('RELEASE one');
      return () => resolve(result as never);
    } catch (error) {
      this.#sql.exec('ROLLBACK TO one; RELEASE one');
      return () => reject(error);
    }
  }
}
