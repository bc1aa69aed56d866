/** A look into a store from beside it, without changing a byte: for whoever looks after the server. */
import Database from 'better-sqlite3';
import type { Examination } from '../../domain/ports/examination.ts';
import { ApiKeys } from './api-keys.ts';
import { lock, newestMigration, StoreInUse } from './database.ts';
import { Statements } from './rows.ts';

export function examine(file: string): Examination {
  let sql: Database.Database;
  try {
    sql = new Database(file, { readonly: true });
  } catch (error) {
    return { kind: 'unreadable', reason: (error as Error).message };
  }
  try {
    const damage = sql.pragma('quick_check(1)', { simple: true }) as string;
    const migration = sql.pragma('user_version', { simple: true }) as number;
    const rows = new Statements(sql);
    const has = (table: string) => rows.get("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", table) !== undefined;
    const jobs = has('jobs') ? rows.get<{ count: number; oldest: string | null }>('SELECT count(*) count, min(run_at) oldest FROM jobs WHERE failed_reason IS NULL') : undefined;
    const last = has('audit') ? rows.get<{ at: string }>('SELECT at FROM audit ORDER BY seq DESC LIMIT 1')?.at : undefined;
    return {
      kind: 'examined', migration, newest: newestMigration(), served: isServed(file),
      ...(damage === 'ok' ? {} : { damage }), ...(last === undefined ? {} : { last_written: last }),
      waiting: { count: jobs?.count ?? 0, ...(jobs?.oldest ? { oldest_run_at: jobs.oldest } : {}) },
      failed_jobs: has('jobs') ? rows.get<{ count: number }>('SELECT count(*) count FROM jobs WHERE failed_reason IS NOT NULL')!.count : 0,
      inventory: has('inventory') && rows.get('SELECT 1 FROM inventory') !== undefined,
      keys: has('api_keys') ? new ApiKeys(rows).list() : [],
    };
  } catch (error) {
    return { kind: 'unreadable', reason: (error as Error).message };
  } finally {
    sql.close();
  }
}

function isServed(file: string): boolean {
  try {
    lock(file)();
    return false;
  } catch (error) {
    if (error instanceof StoreInUse) return true;
    throw error;
  }
}
