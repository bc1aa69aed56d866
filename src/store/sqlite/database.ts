/** Opens the embedded database: one process at a time, write-ahead log, every commit on disk before it is acknowledged. */
import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';

export type Sql = Database.Database;

export class StoreInUse extends Error {
  constructor(file: string) {
    super(`${file} is in use by another process; stop it, or choose another data folder`);
  }
}

/** Pages of the indexes that writes land in stay in memory. */
const CACHE_KIBIBYTES = 65_536;
/** The log is written back into the file when it has grown by so many pages of 4 KiB: later than by default, so that fewer calls wait for it. */
const CHECKPOINT_PAGES = 8_000;

const MIGRATIONS = join(import.meta.dirname, 'migrations');

/**
 * @param file a path, or `:memory:`
 * @throws StoreInUse when another process holds the file
 */
export function openDatabase(file: string): { readonly sql: Sql; readonly close: () => void } {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const unlock = file === ':memory:' ? () => {} : lock(file);
  const sql = connect(file);
  migrate(sql);
  return { sql, close: () => { sql.close(); unlock(); } };
}

/** A connection, for whoever holds the file. */
export function connect(file: string): Sql {
  const sql = new Database(file);
  // Its log and index take the same rights.
  if (file !== ':memory:') chmodSync(file, 0o600);
  sql.pragma('journal_mode = WAL');
  sql.pragma('synchronous = FULL');
  sql.pragma('foreign_keys = ON');
  sql.pragma(`cache_size = -${CACHE_KIBIBYTES}`);
  sql.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  sql.pragma('busy_timeout = 2000');
  return sql;
}

/**
 * Keeps every other process from serving a store. Held by an open transaction, so that the system gives it up even when the process is killed.
 * @throws StoreInUse
 */
export function lock(file: string): () => void {
  const holder = new Database(`${file}.lock`);
  try {
    holder.pragma('journal_mode = DELETE');
    holder.pragma('busy_timeout = 0');
    holder.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    holder.close();
    throw (error as { code?: string }).code?.startsWith('SQLITE_BUSY') ? new StoreInUse(file) : error;
  }
  return () => holder.close();
}

const migrations = (): string[] => readdirSync(MIGRATIONS).filter((name) => /^\d{3}_.*\.sql$/.test(name)).sort();

/** The number that a store of this program is at. */
export const newestMigration = (): number => Number(migrations().at(-1)?.slice(0, 3) ?? 0);

/** Numbered, forward only; each in a transaction of its own. */
function migrate(sql: Sql): void {
  const done = sql.pragma('user_version', { simple: true }) as number;
  const newest = newestMigration();
  if (done > newest) throw new Error(`the store is at migration ${done}, newer than this program's ${newest}; upgrade the program`);
  for (const name of migrations()) {
    const number = Number(name.slice(0, 3));
    if (number <= done) continue;
    sql.transaction(() => {
      sql.exec(readFileSync(join(MIGRATIONS, name), 'utf8'));
      sql.pragma(`user_version = ${number}`);
    })();
  }
}
