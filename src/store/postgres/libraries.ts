/** Rows that belong to a library and are found by an id within it: creatives, audiences, catalogues, event sources. */
import type { Reach } from '../../domain/caller.ts';
import { preferLibrary } from '../prefer-library.ts';
import { Stale } from '../stale.ts';
import type { Queries } from './connections.ts';
import { recordsOf, within, type RecordRow } from './rows.ts';
import { among, every, joined, raw, sql, type Sql } from './sql.ts';

interface LibraryRecord {
  readonly principal_id: string;
  readonly library: string;
  readonly row_version: number;
}

/** One table of such rows. */
export interface LibraryTable<Rec extends LibraryRecord> {
  readonly table: string;
  /** The column of the id. */
  readonly id: string;
  readonly idOf: (record: Rec) => string;
  /** The searched members beside the id, by column. */
  readonly columns?: (record: Rec) => Readonly<Record<string, unknown>>;
  /**
   * The column that says when what the row was about was destroyed: such a row is not found, and gives way to a new one. Absent: rows are taken
   * out.
   */
  readonly gone?: string;
}

export function found<Rec extends LibraryRecord>(db: Queries, table: LibraryTable<Rec>, reach: Reach, ids?: readonly string[]): Promise<Rec[]> {
  return foundBy(db, table, reach, ids, table.gone === undefined ? undefined : sql`${raw(table.gone)} IS NULL`);
}

/** What is left of those that were destroyed. */
export function foundGone<Rec extends LibraryRecord>(db: Queries, table: LibraryTable<Rec> & { readonly gone: string }, reach: Reach, ids: readonly string[]): Promise<Rec[]> {
  return foundBy(db, table, reach, ids, sql`${raw(table.gone)} IS NOT NULL`);
}

async function foundBy<Rec extends LibraryRecord>(db: Queries, { table, id, idOf }: LibraryTable<Rec>, reach: Reach, ids: readonly string[] | undefined, more: Sql | undefined) {
  const where = every(within(reach, table), among(raw(id), ids), more);
  return preferLibrary(recordsOf(await db.all<RecordRow<Rec>>(sql`SELECT seq, record FROM ${raw(table)} WHERE ${where} ORDER BY seq`)), idOf, reach);
}

/** @returns the row's position. @throws Stale */
export async function putIn<Rec extends LibraryRecord>(tx: Queries, { table, id, idOf, columns, gone }: LibraryTable<Rec>, record: Rec): Promise<number> {
  const more = Object.entries(columns?.(record) ?? {});
  const text = JSON.stringify({ ...record, row_version: record.row_version + 1 });
  const named = sql`library = ${record.library} AND ${raw(id)} = ${idOf(record)}`;
  if (gone !== undefined && record.row_version === 0) await tx.run(sql`DELETE FROM ${raw(table)} WHERE ${named} AND ${raw(gone)} IS NOT NULL`);
  const row = await tx.get<{ seq: number }>(record.row_version > 0
    ? sql`UPDATE ${raw(table)} SET ${joined(more.map(([name, value]) => sql`${raw(name)} = ${value}, `), '')} row_version = row_version + 1, record = ${text}
          WHERE ${named} AND row_version = ${record.row_version} RETURNING seq`
    : sql`INSERT INTO ${raw(table)} (${raw(more.map(([name]) => `${name}, `).join(''))} record, row_version, principal_id, library, ${raw(id)})
          VALUES (${joined(more.map(([, value]) => sql`${value}, `), '')} ${text}, 1, ${record.principal_id}, ${record.library}, ${idOf(record)})
          ON CONFLICT DO NOTHING RETURNING seq`);
  if (row === undefined) throw new Stale();
  return row.seq;
}

/** @throws Stale */
export async function takeOut<Rec extends LibraryRecord>(tx: Queries, { table, id, idOf }: LibraryTable<Rec>, record: Rec): Promise<void> {
  const taken = await tx.run(sql`DELETE FROM ${raw(table)} WHERE library = ${record.library} AND ${raw(id)} = ${idOf(record)} AND row_version = ${record.row_version}`);
  if (taken === 0) throw new Stale();
}
