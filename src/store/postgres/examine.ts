/** A look into a database from beside the servers that use it, without changing a byte. */
import type { Examination } from '../../domain/ports/examination.ts';
import { apiKeys } from './api-keys.ts';
import { openConnections, SERVER, type Queries } from './connections.ts';
import { appliedMigration, newestMigration } from './migrate.ts';
import { OPERATOR } from './operator.ts';
import { sql } from './sql.ts';

export async function examineDatabase(url: string): Promise<Examination> {
  const db = openConnections({ url, connections: 1, application: OPERATOR });
  try {
    return await examined(db);
  } catch (error) {
    return { kind: 'unreadable', reason: (error as Error).message };
  } finally {
    await db.close();
  }
}

async function examined(db: Queries): Promise<Examination> {
  const [migration, newest] = [await appliedMigration(db), newestMigration()];
  const servers = await db.get(sql`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = ${SERVER}`);
  const standing = { kind: 'examined', migration, newest, served: servers !== undefined } as const;
  // Of another version, other tables may be there.
  if (migration !== newest) return { ...standing, waiting: { count: 0 }, failed_jobs: 0, keys: [], inventory: false };
  const jobs = (await db.get<{ waiting: number; oldest: string | null; failed: number }>(
    sql`SELECT count(*) FILTER (WHERE failed_reason IS NULL) AS waiting, min(run_at) FILTER (WHERE failed_reason IS NULL) AS oldest,
          count(*) FILTER (WHERE failed_reason IS NOT NULL) AS failed FROM jobs`))!;
  const last = await db.get<{ at: string }>(sql`SELECT at FROM audit ORDER BY seq DESC LIMIT 1`);
  return {
    ...standing, ...(last === undefined ? {} : { last_written: last.at }), failed_jobs: jobs.failed,
    waiting: { count: jobs.waiting, ...(jobs.oldest === null ? {} : { oldest_run_at: jobs.oldest }) },
    keys: await apiKeys(db), inventory: (await db.get(sql`SELECT 1 FROM inventory LIMIT 1`)) !== undefined,
  };
}
