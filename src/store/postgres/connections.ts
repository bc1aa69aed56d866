/** Connections to PostgreSQL: a pool of them, statements prepared once a connection, transactions that are tried again when two stood in each other's way. */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { told } from './hindrance.ts';
import type { Sql } from './sql.ts';
import { spelled, unspelled } from './texts.ts';

/** What statements can be put to: the pool, or the one connection of a transaction. */
export interface Queries {
  all<Row>(statement: Sql): Promise<Row[]>;
  get<Row>(statement: Sql): Promise<Row | undefined>;
  /** @returns how many rows it touched */
  run(statement: Sql): Promise<number>;
  /** Any number of statements, without values. */
  script(text: string): Promise<void>;
}

export interface Connections extends Queries {
  /**
   * Commits what `work` does, or nothing of it when it throws. It is done again from the start when another transaction stood in its way, so that
   * it keeps nothing in memory.
   */
  transaction<Result>(work: (tx: Queries) => Promise<Result>): Promise<Result>;
  /** Waits for what runs. */
  close(): Promise<void>;
}

export interface PoolOptions {
  readonly url: string;
  /** Connections at most. */
  readonly connections?: number;
  /** How they are called among the database's own; absent: those of a server. */
  readonly application?: string;
  /** Told of connections that were lost while nobody used them; the next call opens another. */
  readonly lost?: (error: Error) => void;
}

/** How the connections of servers are called in the database. */
export const SERVER = 'adwright';

const CONNECTIONS = 10;
/** For a connection, when all are taken or the server does not answer. */
const CONNECT_MS = 5_000;
const STATEMENT_MS = 30_000;
const LOCK_MS = 10_000;
const IDLE_IN_TRANSACTION_MS = 30_000;
/** How often a transaction is begun that stands in the way of others. */
const TRIES = 4;
/** Serialization failure, deadlock. */
const IN_THE_WAY = new Set(['40001', '40P01']);

const { builtins } = pg.types;
const INT8 = builtins.INT8 as number;
const TEXTS = new Set<number>([builtins.TEXT, builtins.JSON]);
const TEXT_ARRAY = 1009;

/** Counts are numbers, times ISO 8601 in UTC, records what their JSON says. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    const usual = pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown;
    if (oid === INT8) return Number;
    if (oid === builtins.TIMESTAMPTZ) return (text: string) => (usual(text) as Date).toISOString();
    if (TEXTS.has(oid)) return (text: string) => usual(unspelled(text));
    if (oid === TEXT_ARRAY) return (text: string) => (usual(text) as string[]).map(unspelled);
    return usual;
  },
};

export function openConnections({ url, connections = CONNECTIONS, application = SERVER, lost = () => {} }: PoolOptions): Connections {
  const pool = new pg.Pool({
    connectionString: url, max: connections, connectionTimeoutMillis: CONNECT_MS, statement_timeout: STATEMENT_MS, lock_timeout: LOCK_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS, keepAlive: true, application_name: application, types,
  });
  pool.on('error', lost);
  // Between two statements, and after the last, nobody waits who could be told that a connection broke; the next statement on it is.
  pool.on('connect', (client) => { client.on('error', () => {}); });
  return {
    ...queriesOver(pool),
    async transaction(work) {
      for (let tried = 1; ; tried += 1) {
        try {
          return await once(pool, work);
        } catch (error) {
          if (tried === TRIES || !isInTheWay(error)) throw told(error);
        }
      }
    },
    close: () => pool.end(),
  };
}

async function once<Result>(pool: pg.Pool, work: (tx: Queries) => Promise<Result>): Promise<Result> {
  const client = await begun(pool);
  let whole = false;
  try {
    const result = await work(queriesOver(client)).catch(async (error: unknown) => {
      whole = await client.query('ROLLBACK').then(() => true, () => false);
      throw error;
    });
    await client.query('COMMIT').catch((error: unknown) => { throw told(error, true); });
    whole = true;
    return result;
  } finally {
    client.release(!whole);
  }
}

/** A connection in a transaction. One that broke since it was used last has done nothing yet, and another takes its place. */
async function begun(pool: pg.Pool): Promise<pg.PoolClient> {
  for (let left = pool.options.max; ; left -= 1) {
    const client = await pool.connect().catch(thrown);
    try {
      await client.query('BEGIN');
      return client;
    } catch (error) {
      client.release(true);
      if (left === 0) throw told(error);
    }
  }
}

const thrown = (error: unknown): never => { throw told(error); };

function queriesOver(runner: pg.Pool | pg.PoolClient): Queries {
  const query = (statement: Sql) => {
    const { text } = statement;
    return runner.query({ name: nameOf(text), text, values: statement.values.map(sent) }).catch(failed);
  };
  return {
    all: async <Row>(statement: Sql) => (await query(statement)).rows as Row[],
    get: async <Row>(statement: Sql) => (await query(statement)).rows[0] as Row | undefined,
    run: async (statement) => (await query(statement)).rowCount ?? 0,
    script: async (text) => void (await runner.query(text)),
  };
}

/** Whoever begins a transaction again has to see what stood in its way. */
function failed(error: unknown): never {
  throw isInTheWay(error) ? error : told(error);
}

const isInTheWay = (error: unknown): boolean => IN_THE_WAY.has((error as { readonly code?: string }).code ?? '');

const names = new Map<string, string>();

/** Under which a connection keeps a statement that it has prepared. */
function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) names.set(text, (name = createHash('sha256').update(text).digest('base64url')));
  return name;
}

const sent = (value: unknown): unknown => {
  if (typeof value === 'string') return spelled(value);
  return Array.isArray(value) ? value.map(sent) : value;
};
