/**
 * Which servers live. Each holds a lock of its own on a connection that it uses for nothing else; PostgreSQL gives it up with the connection, so that the
 * others know of a server that was killed at once, and need not wait until its claims and leases run out.
 */
import pg from 'pg';
import type { Queries } from './connections.ts';
import { raw, sql } from './sql.ts';

export interface Presence {
  /** The name under which this server claims keys and leases jobs; nobody else's. */
  readonly holder: string;
  close(): Promise<void>;
}

/** Tells these locks from those that others take in the same database. */
const CLASS = 0x61647772;
const CONNECT_MS = 5_000;
/** Between two tries to say it again after the connection was lost. While it is lost, others may take this server for dead; what it does then still counts once. */
const AGAIN_MS = 500;

/** @throws Error when the database cannot be reached */
export async function present(url: string, holder: string): Promise<Presence> {
  let closed = false;
  let client: pg.Client;
  const enter = async () => {
    const entering = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS, keepAlive: true, application_name: 'adwright presence' });
    entering.on('error', () => {});
    entering.once('end', () => void comeBack());
    await entering.connect();
    await entering.query('SELECT pg_advisory_lock($1, hashtext($2))', [CLASS, holder]);
    client = entering;
  };
  let begun = false;
  const comeBack = async () => {
    if (closed || !begun) return;
    await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS).unref(); });
    // What cannot connect ends, and comes back from there.
    if (!closed) await enter().catch(() => {});
    if (closed) await client.end();
  };
  await enter();
  begun = true;
  return {
    holder,
    async close() {
      closed = true;
      await client.end();
    },
  };
}

/** SQL: whether the server lives whose name stands in the column. */
const lives = (column: string): string => `EXISTS (SELECT 1 FROM pg_locks lock WHERE lock.locktype = 'advisory' AND lock.granted AND lock.classid = ${CLASS} AND lock.objsubid = 2
  AND lock.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND lock.objid = hashtext(${column}::text)::bigint & 4294967295)`;

/** Gives up a claim that a server took which has died since. @returns whether it did */
export const claimOfDead = async (db: Queries, own: string, scope: string, key: string): Promise<boolean> =>
  (await db.run(sql`DELETE FROM idempotency WHERE scope = ${scope} AND key = ${key} AND body IS NULL AND holder <> ${own} AND NOT ${raw(lives('holder'))}`)) > 0;

/** Servers die seldom, and work is looked for often. */
const LOOKED_EACH_MS = 2_000;

/** Gives back the jobs of servers that have died, now and then. */
export function lookingForDead(db: Queries, own: string): (now: number) => Promise<void> {
  let looked = Number.NEGATIVE_INFINITY;
  return async (now) => {
    if (Math.abs(now - looked) < LOOKED_EACH_MS) return;
    looked = now;
    await db.run(sql`UPDATE jobs SET leased_until = NULL WHERE leased_until IS NOT NULL AND holder <> ${own} AND NOT ${raw(lives('holder'))}`);
  };
}

/** How many servers live. */
export const serversLiving = async (db: Queries): Promise<number> =>
  (await db.get<{ n: number }>(sql`SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = ${CLASS} AND objsubid = 2
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`))!.n;
