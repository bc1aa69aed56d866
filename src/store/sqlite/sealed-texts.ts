import { LOOKS_SEALED, UNTOUCHED, type Renewal } from '../sealed-texts.ts';
import { writeAudit } from './audit.ts';
import { openDatabase, type Sql } from './database.ts';
import { Statements } from './rows.ts';

/** A text of the store in which something may be sealed. */
interface Cell {
  readonly id: number;
  readonly text: string;
}

interface Column {
  readonly table: string;
  readonly column: string;
  /** Whether rows of the table have a number to write them by. */
  readonly numbered: boolean;
}

function columnsOf(sql: Sql): Column[] {
  const tables = sql.prepare(`SELECT name, wr AS without_rowid FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`).all() as { name: string; without_rowid: number }[];
  return tables.filter(({ name }) => !(UNTOUCHED as readonly string[]).includes(name)).flatMap(({ name, without_rowid }) =>
    (sql.prepare('SELECT name, type FROM pragma_table_info(?)').all(name) as { name: string; type: string }[])
      .filter(({ type }) => type === 'TEXT' || type === 'ANY').map(({ name: column }) => ({ table: name, column, numbered: without_rowid === 0 })));
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const written = (text: string, renewed: ReadonlyMap<string, string>): string => [...renewed].reduce((all, [old, anew]) => all.replaceAll(old, anew), text);

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
      const count = columnsOf(sql).reduce((sum, column) => sum + renewColumn(sql, column, renewed), 0);
      writeAudit(new Statements(sql), act);
      return count;
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

function renewColumn(sql: Sql, { table, column, numbered }: Column, renewed: Renewal['renewed']): number {
  const [from, at] = [quoted(table), quoted(column)];
  const cells = sql.prepare(`SELECT ${numbered ? 'rowid' : '0'} AS id, ${at} AS text FROM ${from} WHERE ${LOOKS_SEALED.map(() => `${at} LIKE ?`).join(' OR ')}`).all(...LOOKS_SEALED) as Cell[];
  const found = cells.map(({ id, text }) => ({ id, text, anew: renewed(text) })).filter(({ anew }) => anew.size > 0);
  if (!numbered && found.length > 0) throw new Error(`something is sealed in ${table}.${column}, where it cannot be sealed anew`);
  const update = sql.prepare(`UPDATE ${from} SET ${at} = ? WHERE ${numbered ? 'rowid' : '0'} = ?`);
  for (const { id, text, anew } of found) update.run(written(text, anew), id);
  return found.length;
}
