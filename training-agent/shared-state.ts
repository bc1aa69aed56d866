/**
 * What a sandbox remembers between two calls, in a file of its folder: several servers that are given the same folder are one sandbox,
 * whichever of them is called. It outlives a process, not the machine's power.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Statements } from '../src/store/sqlite/rows.ts';

/** Values by name; they are kept as JSON. */
export interface Shelf<Value> {
  get(name: string): Value | undefined;
  /** A shelf that grows over what it may hold loses what was put longest ago. */
  put(name: string, value: Value): void;
  /** Reads and deletes in one step: of two servers that take, one gets it. */
  take(name: string): Value | undefined;
  delete(name: string): void;
}

export interface SharedState {
  /** For tables of other kinds. */
  readonly rows: Statements;
  /** @param most values that it may hold; default: any number */
  shelf<Value>(shelf: string, most?: number): Shelf<Value>;
  close(): void;
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS shelves (
  seq INTEGER PRIMARY KEY, shelf TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
  UNIQUE (shelf, name)
) STRICT;
CREATE TABLE IF NOT EXISTS calls (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, bytes INTEGER NOT NULL, call TEXT NOT NULL
) STRICT;`;

/** @param folder the sandbox's own, or `:memory:` */
export function openSharedState(folder: string): SharedState {
  if (folder !== ':memory:') mkdirSync(folder, { recursive: true });
  const sql = new Database(folder === ':memory:' ? folder : join(folder, 'state.sqlite'));
  sql.pragma('journal_mode = WAL');
  sql.pragma('synchronous = NORMAL');
  sql.exec(SCHEMA);
  const rows = new Statements(sql);
  return { rows, shelf: (shelf, most) => shelfOf(rows, shelf, most), close: () => void sql.close() };
}

function shelfOf<Value>(rows: Statements, shelf: string, most: number | undefined): Shelf<Value> {
  const parsed = (row: { value: string } | undefined) => row && (JSON.parse(row.value) as Value);
  const get = (name: string) => parsed(rows.get<{ value: string }>('SELECT value FROM shelves WHERE shelf = ? AND name = ?', shelf, name));
  return {
    get,
    put(name, value) {
      rows.run('INSERT OR REPLACE INTO shelves (shelf, name, value) VALUES (?, ?, ?)', shelf, name, JSON.stringify(value));
      if (most !== undefined) rows.run('DELETE FROM shelves WHERE shelf = ? AND seq <= (SELECT seq FROM shelves WHERE shelf = ? ORDER BY seq DESC LIMIT 1 OFFSET ?)', shelf, shelf, most);
    },
    // Most looks find nothing, and must not wait for whoever writes.
    take: (name) => (get(name) === undefined ? undefined : parsed(rows.get<{ value: string }>('DELETE FROM shelves WHERE shelf = ? AND name = ? RETURNING value', shelf, name))),
    delete(name) {
      if (get(name) !== undefined) rows.run('DELETE FROM shelves WHERE shelf = ? AND name = ?', shelf, name);
    },
  };
}
