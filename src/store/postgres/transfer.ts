/** Takes the rows of another engine's store, all of them or none: one transaction, which ends only when what it wrote adds up to what it was given. */
import type { AuditEntry } from '../../domain/ports/store.ts';
import { chained, GENESIS } from '../audit-chain.ts';
import { Summing, TRANSFER_TABLES, type ColumnKind, type TableSum, type TransferRow, type TransferTable, type TransferValue } from '../transfer.ts';
import { writeAudit } from './audit.ts';
import { openConnections, type Queries } from './connections.ts';
import { lockMigrations, migrate } from './migrate.ts';
import { joined, raw, sql, type Sql } from './sql.ts';

/** The database is not one that can be moved to. */
export class TargetRefused extends Error {}

export interface Intake {
  /** Writes some rows of a table. Tables come in the order of TRANSFER_TABLES. */
  put(table: TransferTable, rows: readonly TransferRow[]): Promise<void>;
  /** What stands in a table now, read back. */
  sum(table: TransferTable): Promise<TableSum>;
}

/** Rows that are read back at once. */
const FETCHED = 5_000;

/**
 * Commits what `work` puts, or nothing when it throws or the audit trail does not verify. Servers that use the database wait meanwhile, and those that
 * start refuse to.
 * @param act stands in the audit trail behind what was moved
 * @throws TargetRefused when something is there already, or the audit trail is broken
 */
export async function intake<Result>(url: string, act: AuditEntry, work: (into: Intake) => Promise<Result>): Promise<Result> {
  const connections = openConnections({ url, connections: 1 });
  try {
    await migrate(connections);
    return await connections.transaction(async (tx) => {
      await lockMigrations(tx);
      await tx.run(sql`LOCK TABLE ${raw(TRANSFER_TABLES.map(({ name }) => name).join(', '))} IN EXCLUSIVE MODE`);
      for (const table of TRANSFER_TABLES) await refuseRows(tx, table);
      const result = await work({ put: (table, rows) => put(tx, table, rows), sum: (table) => sumOf(tx, table) });
      for (const table of TRANSFER_TABLES) await goOnNumbering(tx, table);
      await closeChain(tx);
      await writeAudit(tx, act);
      return result;
    });
  } finally {
    await connections.close();
  }
}

async function refuseRows(tx: Queries, { name }: TransferTable): Promise<void> {
  if ((await tx.get(sql`SELECT 1 FROM ${raw(name)} LIMIT 1`)) !== undefined)
    throw new TargetRefused(`the database holds something already (in "${name}"); name one that is empty`);
}

const ARRAYS: Readonly<Record<ColumnKind, string>> = {
  text: 'text[]', uuid: 'uuid[]', texts: 'text[]', json: 'json[]', integer: 'bigint[]', real: 'double precision[]', boolean: 'boolean[]', time: 'timestamptz[]', bytes: 'bytea[]',
};

/** An array for each column. */
async function put(tx: Queries, { name, columns }: TransferTable, rows: readonly TransferRow[]): Promise<void> {
  const [names, kinds] = [Object.keys(columns), Object.values(columns)];
  const arrays = kinds.map((kind, at) => sql`${rows.map((row) => sent(kind, row[at]!))}::${raw(ARRAYS[kind])}`);
  const read = kinds.map((kind, at) => (kind === 'texts' ? `ARRAY(SELECT json_array_elements_text(c${at}::json))` : `c${at}`));
  await tx.run(
    sql`INSERT INTO ${raw(name)} (${raw(names.join(', '))}) OVERRIDING SYSTEM VALUE
        SELECT ${raw(read.join(', '))} FROM unnest(${joined(arrays, ', ')}) AS given (${raw(names.map((_, at) => `c${at}`).join(', '))})`);
}

const sent = (kind: ColumnKind, value: TransferValue): unknown => (kind === 'bytes' && value !== null ? Buffer.from(value as string, 'hex') : value);

async function sumOf(tx: Queries, { name, columns }: TransferTable): Promise<TableSum> {
  const kinds = Object.entries(columns);
  const summing = new Summing();
  for await (const row of rowsOf<Readonly<Record<string, unknown>>>(tx, `moved_${name}`, sql`SELECT ${raw(kinds.map(([column]) => column).join(', '))} FROM ${raw(name)}`))
    summing.add(kinds.map(([column, kind]) => (row[column] === null ? null : stored(kind, row[column]))));
  return summing.sum;
}

const stored = (kind: ColumnKind, value: unknown): TransferValue =>
  kind === 'json' || kind === 'texts' ? JSON.stringify(value) : kind === 'bytes' ? (value as Buffer).toString('hex') : (value as TransferValue);

/** @param cursor a name of its own: a connection remembers what the rows of a name look like */
async function* rowsOf<Row>(tx: Queries, cursor: string, query: Sql): AsyncGenerator<Row> {
  await tx.script(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${query.text}`);
  for (;;) {
    const rows = await tx.all<Row>(sql`FETCH ${raw(String(FETCHED))} FROM ${raw(cursor)}`);
    yield* rows;
    if (rows.length < FETCHED) break;
  }
  await tx.script(`CLOSE ${cursor}`);
}

/** What is written next comes after what was moved. */
async function goOnNumbering(tx: Queries, { name, numbered }: TransferTable): Promise<void> {
  if (numbered === undefined) return;
  await tx.run(sql`SELECT setval(pg_get_serial_sequence(${name}, ${numbered}), max(${raw(numbered)})) FROM ${raw(name)} HAVING count(*) > 0`);
}

/** Recomputes the chain of the audit trail, and lets the next entry follow it. */
async function closeChain(tx: Queries): Promise<void> {
  let [before, last, begun] = [GENESIS, 0, false];
  for await (const row of rowsOf<Parameters<typeof chained>[1] & { readonly hash: Buffer | null }>(tx, 'trail', sql`SELECT seq, at, principal_id, account_id, task, subjects, hash FROM audit ORDER BY seq`)) {
    if (row.seq !== last + 1 || (row.hash === null && begun) || (row.hash !== null && !chained(before, row).equals(row.hash)))
      throw new TargetRefused(`the audit trail breaks at entry ${last + 1}; "adwright audit verify" on the store tells more`);
    [before, last, begun] = [row.hash ?? before, row.seq, begun || row.hash !== null];
  }
  await tx.run(sql`UPDATE audit_head SET seq = ${last}, hash = ${begun ? before : null}`);
}
