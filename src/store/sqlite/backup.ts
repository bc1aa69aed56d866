/** Copies of a store: taken while its server goes on, checked before they count, and put back. */
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { OperatorError } from '../../domain/ports/operator-store.ts';
import { lock, newestMigration } from './database.ts';

export interface Copied {
  readonly pages: number;
  readonly migration: number;
}

/**
 * Writes a copy of a store as it is at one moment, whether a server writes to it or not. The copy takes its name only when it is whole and sound.
 * @throws OperatorError when there is no store, or something of that name already
 */
export async function backUp(from: string, to: string): Promise<Copied> {
  if (!existsSync(from)) throw new OperatorError(`there is no store at ${from}; name the data folder with --data`);
  if (existsSync(to)) throw new OperatorError(`${to} exists already; choose another name`);
  mkdirSync(dirname(to), { recursive: true });
  const part = `${to}.part`;
  rmSync(part, { force: true });
  const source = new Database(from, { readonly: true });
  try {
    const { totalPages } = await source.backup(part);
    chmodSync(part, 0o600);
    const migration = sound(part);
    renameSync(part, to);
    return { pages: totalPages, migration };
  } finally {
    source.close();
    rmSync(part, { force: true });
  }
}

/**
 * Puts a copy in the place of a store. What was there stays beside it, as `.before-restore`.
 * @throws StoreInUse when a server has it; OperatorError when the copy is no sound store, or of a newer program
 */
export async function restore(copy: string, to: string): Promise<Copied & { readonly kept?: string }> {
  if (!existsSync(copy)) throw new OperatorError(`there is no copy at ${copy}`);
  const migration = sound(copy);
  if (migration > newestMigration()) throw new OperatorError(`${copy} is at migration ${migration}, newer than this program's ${newestMigration()}; upgrade the program`);
  mkdirSync(dirname(to), { recursive: true });
  const unlock = lock(to);
  const part = `${to}.part`;
  rmSync(part, { force: true });
  const source = new Database(copy, { readonly: true });
  try {
    const { totalPages } = await source.backup(part);
    chmodSync(part, 0o600);
    const kept = setAside(to);
    renameSync(part, to);
    return { pages: totalPages, migration, ...(kept === undefined ? {} : { kept }) };
  } finally {
    source.close();
    rmSync(part, { force: true });
    unlock();
  }
}

/** Moves a store out of the way, whole: what its log still holds is written into the file first. */
function setAside(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const kept = `${file}.before-restore`;
  const sql = new Database(file);
  sql.pragma('wal_checkpoint(TRUNCATE)');
  sql.close();
  renameSync(file, kept);
  for (const rest of ['-wal', '-shm']) rmSync(`${file}${rest}`, { force: true });
  return kept;
}

/** The migration that a file is at. @throws OperatorError when it is no store, or a damaged one */
function sound(file: string): number {
  let found: unknown;
  let migration = 0;
  try {
    const sql = new Database(file, { readonly: true });
    try {
      found = sql.pragma('integrity_check(1)', { simple: true });
      migration = sql.pragma('user_version', { simple: true }) as number;
    } finally {
      sql.close();
    }
  } catch (error) {
    throw new OperatorError(`${file} cannot be read as a store: ${(error as Error).message}`);
  }
  if (found !== 'ok') throw new OperatorError(`${file} is damaged: ${String(found)}`);
  if (migration === 0) throw new OperatorError(`${file} is no store of this program`);
  return migration;
}
