/** Everything sealed that stands anywhere in a store: found by how it looks, so that nothing new can be forgotten. */
import { openDatabase, type Sql } from './database.ts';
import { writeAudit } from './audit.ts';
import { Statements } from './rows.ts';
import type { AuditEntry } from '../../domain/ports/store.ts';

/** A text of the store in which something may be sealed. */
interface Cell {
  readonly id: number;
  readonly text: string;
}

/** Columns that hold text, of tables whose rows have a number; the audit trail, which never changes, is left out. */
function columnsOf(sql: Sql): { readonly table: string; readonly column: string; readonly numbered: boolean }[] {
  const tables = sql.prepare(`SELECT name, wr AS without_rowid FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'audit'`).all() as { name: string; without_rowid: number }[];
  return tables.flatMap(({ name, without_rowid }) =>
    (sql.prepare(`SELECT name, type FROM pragma_table_info(?)`).all(name) as { name: string; type: string }[])
      .filter(({ type }) => type === 'TEXT' || type === 'ANY').map(({ name: column }) => ({ table: name, column, numbered: without_rowid === 0 })));
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export interface Renewal {
  /** Told when the store is held, before anything is written. */
  readonly held: () => void;
  /** The text in the place of one that may hold something sealed; the same when nothing is to change. */
  readonly renewed: (text: string) => string;
  readonly act: AuditEntry;
}

/**
 * Writes every sealed text anew, in one transaction with the entry of the audit trail; nothing of what was there before is left in the file.
 * @param file the store, which no server holds open
 * @returns how many rows were written
 * @throws StoreInUse; Error when something sealed stands where it cannot be written anew
 */
export function renewSealed(file: string, { held, renewed, act }: Renewal): number {
  const { sql, close } = openDatabase(file);
  try {
    held();
    const rows = sql.transaction(() => {
      let written = 0;
      for (const { table, column, numbered } of columnsOf(sql)) {
        const [from, at] = [quoted(table), quoted(column)];
        const holding = `${at} LIKE '%v1.%' OR ${at} LIKE '%v2.%'`;
        if (!numbered) {
          for (const text of sql.prepare(`SELECT ${at} FROM ${from} WHERE ${holding}`).pluck().iterate() as IterableIterator<string>)
            if (renewed(text) !== text) throw new Error(`something is sealed in ${table}.${column}, where it cannot be sealed anew`);
          continue;
        }
        const update = sql.prepare(`UPDATE ${from} SET ${at} = ? WHERE rowid = ?`);
        for (const { id, text } of sql.prepare(`SELECT rowid AS id, ${at} AS text FROM ${from} WHERE ${holding}`).all() as Cell[]) {
          const next = renewed(text);
          if (next !== text) written += update.run(next, id).changes;
        }
      }
      writeAudit(new Statements(sql), act);
      return written;
    })();
    // What was sealed before must not be left in the log or in free pages.
    sql.pragma('wal_checkpoint(TRUNCATE)');
    sql.exec('VACUUM');
    sql.pragma('wal_checkpoint(TRUNCATE)');
    return rows;
  } finally {
    close();
  }
}
