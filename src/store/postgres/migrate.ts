/** Brings a database to what this program expects: numbered, forward only, all or nothing; of several servers that start at once, one does it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connections, Queries } from './connections.ts';
import { sql } from './sql.ts';

const MIGRATIONS = join(import.meta.dirname, 'migrations');

interface Migration {
  readonly number: number;
  readonly name: string;
}

const migrations = (): Migration[] =>
  readdirSync(MIGRATIONS).filter((name) => /^\d{3}_.*\.sql$/.test(name)).sort().map((name) => ({ number: Number(name.slice(0, 3)), name }));

/** The number that a database of this program is at. */
export const newestMigration = (): number => migrations().at(-1)?.number ?? 0;

/** @throws Error when the database is newer than this program */
export async function migrate(connections: Connections): Promise<void> {
  await connections.transaction(async (tx) => {
    await lockMigrations(tx);
    await tx.run(sql`CREATE TABLE IF NOT EXISTS migrations (number integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
    const done = await appliedMigration(tx);
    const newest = newestMigration();
    if (done > newest) throw new Error(`the database is at migration ${done}, newer than this program's ${newest}; upgrade the program`);
    for (const { number, name } of migrations()) {
      if (number <= done) continue;
      await tx.script(readFileSync(join(MIGRATIONS, name), 'utf8'));
      await tx.run(sql`INSERT INTO migrations (number, name) VALUES (${number}, ${name})`);
    }
  });
}

/** Until the transaction ends, servers that start wait, and give up when that takes long. */
export const lockMigrations = async (tx: Queries): Promise<void> => void (await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended('adwright migrations', 0))`));

/** The migration that a database is at; 0 when nothing was applied yet. */
export async function appliedMigration(queries: Queries): Promise<number> {
  const { there } = (await queries.get<{ there: boolean }>(sql`SELECT to_regclass('migrations') IS NOT NULL AS there`))!;
  return there ? (await queries.get<{ number: number }>(sql`SELECT coalesce(max(number), 0) AS number FROM migrations`))!.number : 0;
}
