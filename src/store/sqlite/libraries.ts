/** Rows that belong to a library and are found by an id within it: creatives, audiences, event sources. */
import type { Reach } from '../../domain/caller.ts';
import { Stale } from '../stale.ts';
import { preferLibrary } from '../prefer-library.ts';
import { Conditions, recordOf, type RecordRow, type Statements } from './rows.ts';

interface LibraryRecord {
  readonly principal_id: string;
  readonly library: string;
  readonly row_version: number;
}

/**
 * One table of such rows. `columns` are the searched members beside the id; `gone`, when there is one, is the column that says when what the
 * row was about was destroyed: such a row is not found, and gives way to a new one.
 */
export class LibraryTable<Rec extends LibraryRecord> {
  readonly #sql: Statements;
  readonly #table: string;
  readonly #id: string;
  readonly #idOf: (record: Rec) => string;
  readonly #columns: Readonly<Record<string, (record: Rec) => unknown>>;
  readonly #gone: string | undefined;

  constructor(statements: Statements, table: string, id: string, idOf: (record: Rec) => string, columns: Readonly<Record<string, (record: Rec) => unknown>> = {}, gone?: string) {
    this.#sql = statements;
    this.#table = table;
    this.#id = id;
    this.#idOf = idOf;
    this.#columns = columns;
    this.#gone = gone;
  }

  find(reach: Reach, ids?: readonly string[]): Rec[] {
    const where = new Conditions().reach(reach, this.#table).among(this.#id, ids);
    if (this.#gone !== undefined) where.and(`${this.#gone} IS NULL`);
    return this.#found(where, reach);
  }

  /** What is left of those that were destroyed. */
  findGone(reach: Reach, ids: readonly string[]): Rec[] {
    return this.#found(new Conditions().reach(reach, this.#table).among(this.#id, ids).and(`${this.#gone} IS NOT NULL`), reach);
  }

  #found(where: Conditions, reach: Reach): Rec[] {
    const rows = this.#sql.all<RecordRow>(`SELECT seq, record FROM ${this.#table} WHERE ${where} ORDER BY seq`, ...where.values);
    return preferLibrary(rows.map((row) => recordOf<Rec>(row)), this.#idOf, reach);
  }

  seqOf(record: Rec): number {
    const row = this.#sql.get<{ seq: number }>(`SELECT seq FROM ${this.#table} WHERE library = ? AND ${this.#id} = ?`, record.library, this.#idOf(record));
    if (row === undefined) throw new Stale();
    return row.seq;
  }

  put(record: Rec): void {
    const names = Object.keys(this.#columns);
    const values = names.map((name) => this.#columns[name]!(record));
    const text = JSON.stringify({ ...record, row_version: record.row_version + 1 });
    if (this.#gone !== undefined && record.row_version === 0)
      this.#sql.run(`DELETE FROM ${this.#table} WHERE library = ? AND ${this.#id} = ? AND ${this.#gone} IS NOT NULL`, record.library, this.#idOf(record));
    const done = record.row_version > 0
      ? this.#sql.run(
          `UPDATE ${this.#table} SET ${names.map((name) => `${name} = ?, `).join('')}row_version = row_version + 1, record = ?
           WHERE library = ? AND ${this.#id} = ? AND row_version = ?`,
          ...values, text, record.library, this.#idOf(record), record.row_version)
      : this.#sql.run(
          `INSERT INTO ${this.#table} (${names.map((name) => `${name}, `).join('')}record, row_version, principal_id, library, ${this.#id})
           VALUES (${names.map(() => '?, ').join('')}?, 1, ?, ?, ?) ON CONFLICT DO NOTHING`,
          ...values, text, record.principal_id, record.library, this.#idOf(record));
    if (done === 0) throw new Stale();
  }

  delete(record: Rec): void {
    const gone = this.#sql.run(`DELETE FROM ${this.#table} WHERE library = ? AND ${this.#id} = ? AND row_version = ?`, record.library, this.#idOf(record), record.row_version);
    if (gone === 0) throw new Stale();
  }
}
