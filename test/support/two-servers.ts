/** Two `adwright serve` processes on one PostgreSQL, behind a balancer that gives each request to the next of them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testCluster, type TestCluster } from './postgres.ts';
import { spawnSeller, type SellerProcess } from './process.ts';
import { roundRobin, type RoundRobin } from './round-robin.ts';

export interface TwoServers {
  readonly balancer: RoundRobin;
  readonly cluster: TestCluster;
  readonly database_url: string;
  /** Of the sandbox. */
  readonly token: string;
  /** The folder that both share: keys, and the sandbox's own data. */
  readonly data: string;
  readonly servers: readonly SellerProcess[];
  /** Ends one without a warning. */
  kill(at: number): Promise<void>;
  /** Starts another in its place. */
  restart(at: number): Promise<void>;
  close(): Promise<void>;
}

/** @param public_url as which buyers know both; default: the balancer's */
export async function twoServers(public_url?: string): Promise<TwoServers> {
  const cluster = await testCluster();
  const database_url = await cluster.freshDatabase();
  const data = mkdtempSync(join(tmpdir(), 'adwright-two-'));
  const config = join(data, 'adwright.json');
  writeFileSync(config, JSON.stringify(public_url === undefined ? {} : { public_url }));
  const start = () => spawnSeller(data, ['--config', config], () => {}, { DATABASE_URL: database_url });
  const servers = await Promise.all([start(), start()]);
  const balancer = await roundRobin(servers.map(({ local_url }) => new URL(local_url).origin));
  const two: TwoServers = {
    balancer, cluster, database_url, data, servers, token: servers[0]!.token,
    async kill(at) { await servers[at]!.end('SIGKILL'); },
    async restart(at) {
      servers[at] = await start();
      balancer.replace(at, new URL(servers[at]!.local_url).origin);
    },
    async close() {
      await balancer.close();
      await Promise.all(servers.map(({ child, end }) => (child.exitCode === null && child.signalCode === null ? end('SIGTERM') : undefined)));
      rmSync(data, { recursive: true, force: true });
    },
  };
  return two;
}
