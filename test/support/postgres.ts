/** A PostgreSQL of its own for the tests of one process: in a folder that goes with it, without the flushes that make it safe. */
import { execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

export interface TestCluster {
  /** The URL of a database that nobody has used yet. */
  freshDatabase(): Promise<string>;
  /** Runs statements as the one who may do everything. */
  asAdministrator(database_url: string, statement: string): Promise<readonly Record<string, unknown>[]>;
  /** Ends the server as a crash does, and starts it again at the same place. */
  restart(): Promise<void>;
}

/** The folder of PostgreSQL's programs: what `PG_BIN` says, else the newest that is installed. */
export function postgresPrograms(): string | undefined {
  const installed = '/usr/lib/postgresql';
  const newest = existsSync(installed) ? readdirSync(installed).sort((a, b) => Number(b) - Number(a)).map((version) => join(installed, version, 'bin')) : [];
  return [process.env['PG_BIN'], ...newest].find((folder) => folder !== undefined && existsSync(join(folder, 'initdb')));
}

let started: Promise<TestCluster> | undefined;

/** The cluster of this process, started when it is first asked for and stopped when the process ends. */
export const testCluster = (): Promise<TestCluster> => (started ??= startCluster(postgresPrograms()!));

/**
 * Whether tests that need PostgreSQL can run; where there is none, that is said.
 * @throws Error in CI, where nothing is left out
 */
export function hasPostgres(whatIsLeftOut: string): boolean {
  if (postgresPrograms() !== undefined) return true;
  const missing = 'no PostgreSQL on this machine (apt-get install postgresql, or name the folder of initdb in PG_BIN)';
  if (process.env['CI'] !== undefined) throw new Error(`${missing}: CI leaves nothing out, not ${whatIsLeftOut}`);
  console.warn(`${missing}: left out ${whatIsLeftOut}`);
  return false;
}

/**
 * Runs the server for as long as its input is open: that ends with this process, however it ends. Then nothing is left of it. It is in a group of its own,
 * so that what ends this process's group leaves it the time to clear up.
 */
const WATCHED = `"$@" &
cat > /dev/null
pid=$(head -n 1 "$0/data/postmaster.pid")
kill -QUIT $pid; wait
for try in 1 2 3 4 5 6 7 8 9; do kill -0 $pid 2> /dev/null && sleep 0.2; done
rm -rf "$0"`;

async function startCluster(programs: string): Promise<TestCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'adwright-postgres-'));
  const port = await freePort();
  // PostgreSQL refuses to be run by root.
  const as = process.getuid?.() === 0 ? await unprivileged() : undefined;
  if (as) chownSync(folder, as.uid, as.gid);
  const data = join(folder, 'data');
  await run(join(programs, 'initdb'), ['--pgdata', data, '--username', 'adwright', '--auth', 'trust', '--encoding', 'UTF8', '--no-locale', '--no-sync'], { ...as });
  const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: folder, fsync: 'off', full_page_writes: 'off', max_connections: 200 };
  const server = [join(programs, 'postgres'), '-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const watcher = spawn('sh', ['-c', WATCHED, folder, ...server], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, ...as });
  watcher.unref();
  (watcher.stdin as Socket).unref();
  const url = (database: string): string => `postgres://adwright@127.0.0.1:${port}/${database}`;
  await answering(url('postgres'));
  let databases = 0;
  return {
    asAdministrator: query,
    async freshDatabase() {
      const name = `test_${(databases += 1)}`;
      await query(url('postgres'), `CREATE DATABASE ${name}`);
      return url(name);
    },
    async restart() {
      await run(join(programs, 'pg_ctl'), ['restart', '--pgdata', data, '--mode', 'immediate', '--wait', '--log', join(folder, 'log')], { ...as });
    },
  };
}

async function query(url: string, statement: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await query(url, 'SELECT 1');
      return;
    } catch (error) {
      if (tries === 200) throw error;
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
  }
}

/** The user that the package of PostgreSQL comes with. */
async function unprivileged(): Promise<{ readonly uid: number; readonly gid: number }> {
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
