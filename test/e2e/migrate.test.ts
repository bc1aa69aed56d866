/** The embedded store, full of what storyboards leave behind, moved to PostgreSQL by the command. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import type { Reach } from '../../src/domain/caller.ts';
import { withinWindow } from '../../src/domain/ports/attribution-policy.ts';
import type { AuditEntry, Store } from '../../src/domain/ports/store.ts';
import { openPostgresStore } from '../../src/store/postgres/store.ts';
import { intake } from '../../src/store/postgres/transfer.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { TRANSFER_TABLES } from '../../src/store/transfer.ts';
import { storyboard } from '../support/judge.ts';
import { toolCaller } from '../support/mcp-call.ts';
import { hasPostgres, testCluster, type TestCluster } from '../support/postgres.ts';
import { adwright } from '../support/process.ts';
import { startSeller, type TestSeller } from '../support/seller.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const data = mkdtempSync(join(tmpdir(), 'adwright-migrate-'));
const ACT: AuditEntry = { at: '2027-01-01T00:00:00.000Z', principal_id: 'operator', task: 'test', subjects: [] };
const file = join(data, 'adwright.sqlite');
afterAll(() => rmSync(data, { recursive: true, force: true }));

describe.runIf(hasPostgres('that a store moves to PostgreSQL whole'))('adwright migrate', () => {
  let cluster: TestCluster;
  let served: Readonly<Record<string, unknown>>;
  beforeAll(async () => {
    cluster = await testCluster();
    const seller = await startSeller({ data });
    try {
      const { out } = await storyboard(['run', seller.url, '--token', seller.token], { cwd: ROOT });
      if (!out.includes('CONFORMS')) throw new Error(out);
    } finally {
      await seller.close();
    }
    // What these buyers leave none of, and texts that PostgreSQL would not take as they are.
    await adwright(['key', 'create', '--principal', 'buyer-one', '--data', data]);
    inSqlite((sql) => {
      sql.exec(`INSERT INTO inventory (kind, document) VALUES ('product', '{"product_id":"masthead"}');
        INSERT INTO delivery_metrics SELECT buy, package_id, creative_id, day, 'leads', 3 FROM delivery LIMIT 1;
        INSERT INTO signature_nonces (signer_id, keyid, nonce, expires_at) VALUES ('buyer', 'key', 'nonce', '2027-01-01T00:00:00.000Z');`);
      sql.prepare('INSERT INTO audience_members SELECT seq, ?, ? FROM audiences LIMIT 1').run('nul\0 and \u{F0000}', JSON.stringify({ external_id: 'nul\0 and \u{F0000}' }));
    });
    served = await answered({});
  }, 120_000);
  const migrate = (url: string, ...args: readonly string[]) => adwright(['migrate', '--to', url, '--data', data, ...args]);
  const inSqlite = <Result>(work: (sql: Database.Database) => Result): Result => {
    const sql = new Database(file);
    try { return work(sql); } finally { sql.close(); }
  };

  test('every table and column of the database is filled, but for leases', async () => {
    const url = await cluster.freshDatabase();
    await intake(url, ACT, async () => {});
    const columns = await cluster.asAdministrator(url, `SELECT table_name t, column_name c FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT IN ('migrations', 'audit_head', 'answered_tasks')`);
    const there = columns.map(({ t, c }) => `${String(t)}.${String(c)}`).toSorted();
    expect(TRANSFER_TABLES.flatMap(({ name, columns: known }) => Object.keys(known).map((column) => `${name}.${column}`)).concat('jobs.holder', 'jobs.leased_until').toSorted()).toEqual(there);
    const tables = inSqlite((sql) => (sql.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).all() as { name: string }[]).map(({ name }) => name).toSorted());
    expect(TRANSFER_TABLES.map(({ name }) => name).toSorted()).toEqual(tables);
  });

  test('copies all of it, tells how much, and the audit trail verifies there', async () => {
    const url = await cluster.freshDatabase();
    const { code, stdout, stderr } = await migrate(url);
    expect([code, stderr]).toEqual([0, '']);
    for (const { name } of TRANSFER_TABLES) {
      const rows = inSqlite((sql) => (sql.prepare(`SELECT count(*) n FROM ${name}`).get() as { n: number }).n);
      expect(stdout).toMatch(new RegExp(`^${name} +${rows} +[0-9a-f]{16}$`, 'm'));
      expect(Number((await cluster.asAdministrator(url, `SELECT count(*) n FROM ${name}`))[0]!['n'])).toBe(rows + (name === 'audit' ? 1 : 0));
    }
    expect(await cluster.asAdministrator(url, 'SELECT principal_id, task, subjects FROM audit ORDER BY seq DESC LIMIT 1')).toEqual([
      { principal_id: 'operator', task: 'store.migrate', subjects: JSON.stringify([`store:${file}`]) },
    ]);
    expect(stdout).toContain(`copied to ${url.replace('adwright@', 'adwright:...@')} and compared; the audit trail verifies there`);
  }, 60_000);

  test('every table had rows to copy', () => {
    const empty = TRANSFER_TABLES.filter(({ name }) => inSqlite((sql) => sql.prepare(`SELECT 1 FROM ${name} LIMIT 1`).get()) === undefined);
    expect(empty.map(({ name }) => name)).toEqual([]);
  });

  test('the store in PostgreSQL answers as the embedded one did', async () => {
    const url = await cluster.freshDatabase();
    expect(await migrate(url)).toMatchObject({ code: 0 });
    const attribution = withinWindow(true);
    const [before, after] = [openSqliteStore({ file, attribution }), await openPostgresStore({ url, attribution })];
    try {
      expect(await told(after)).toEqual(await told(before));
      const next: AuditEntry = { at: '2027-01-01T00:00:00.000Z', principal_id: 'p', task: 'next', subjects: [] };
      expect(await after.commit({ changes: [{ kind: 'put_feedback', feedback: { principal_id: 'p', media_buy_id: 'm' } as never }], audit: next })).toBe('committed');
    } finally {
      await before.close();
      await after.close();
    }
    const [{ n, whole }] = await cluster.asAdministrator(url, 'SELECT (SELECT count(*) FROM audit)::int n, (SELECT hash FROM audit ORDER BY seq DESC LIMIT 1) = (SELECT hash FROM audit_head) whole') as [{ n: number; whole: boolean }];
    expect([n, whole]).toEqual([inSqlite((sql) => (sql.prepare('SELECT count(*) n FROM audit').get() as { n: number }).n) + 2, true]);
  }, 60_000);

  test('a server on PostgreSQL answers as the one before did, and repeats what that one had acknowledged', async () => {
    const url = await cluster.freshDatabase();
    expect(await migrate(url)).toMatchObject({ code: 0 });
    const { repeated, ...rest } = await answered({ database_url: url });
    expect(rest).toEqual({ ...served, repeated: undefined });
    expect(repeated).toEqual({ ...served['repeated'] as object, replayed: true });
  }, 60_000);

  async function answered(config: Partial<Config>): Promise<Readonly<Record<string, unknown>>> {
    const seller = await startSeller({ data, config });
    try {
      return await answers(seller);
    } finally {
      await seller.close();
    }
  }

  /** What a buyer reads, and a call under a key that is sent once more the second time. */
  async function answers({ url, token }: TestSeller): Promise<Readonly<Record<string, unknown>>> {
    const call = toolCaller(url, token);
    const asked = async (task: string, request: Record<string, unknown>): Promise<Record<string, unknown>> => (await call(task, request)).document;
    const account = { brand: { domain: 'acmeoutdoor.example' }, operator: 'pinnacle-agency.example', sandbox: true };
    const repeated = await asked('sync_event_sources', { idempotency_key: 'key-of-the-move-0123456789', account, event_sources: [{ event_source_id: 'moved', name: 'Moved', event_types: ['purchase'] }] });
    const buys = await asked('get_media_buys', { pagination: { max_results: 100 } });
    const media_buy_ids = (buys['media_buys'] as { media_buy_id: string }[]).map((each) => each.media_buy_id);
    expect(media_buy_ids.length).toBeGreaterThan(20);
    const cursor = (buys['pagination'] as { cursor: string }).cursor;
    return {
      repeated, buys, more: await asked('get_media_buys', { pagination: { max_results: 100, cursor } }),
      // Pace is about now.
      delivery: JSON.parse(JSON.stringify(await asked('get_media_buy_delivery', { media_buy_ids: media_buy_ids.slice(0, 50), start_date: '2020-01-01', end_date: '2030-01-01' }), (name, value: unknown) => (name === 'pacing_index' ? undefined : value))) as object,
      accounts: await asked('list_accounts', {}), creatives: await asked('list_creatives', { include_assignments: true }), tasks: await asked('list_tasks', {}),
    };
  }

  /** What a store says of everything, to every buyer. */
  async function told(store: Store): Promise<unknown> {
    const principals = inSqlite((sql) => sql.prepare('SELECT DISTINCT principal_id FROM accounts ORDER BY 1').pluck().all() as string[]);
    const page = { limit: 1_000 };
    return Promise.all(principals.map(async (principal_id) => {
      const reach = { principal_id, library: undefined, wide: true } as Reach;
      const [accounts, buys, catalogs] = [await store.accounts(principal_id, {}, page), await store.mediaBuys(reach, {}, page), await store.catalogs(reach)];
      const ids = buys.items.map(({ media_buy_id }) => media_buy_id);
      const creatives = await store.listCreatives(reach, {}, { by: 'assignment_count', direction: 'desc' }, { limit: 50 });
      const creative_ids = creatives.items.map(({ creative_id }) => creative_id);
      return {
        accounts, buys, catalogs, creatives,
        items: await Promise.all(catalogs.map((each) => store.catalogItems(each, { unlisted: true }))),
        delivery: await store.delivery(principal_id, ids, undefined, ['geo', 'device_type', 'audience']),
        hours: await store.delivery(principal_id, ids, { start: '2000-01-01T00', end: '2100-01-01T00', by: 'hour' }),
        spending: await Promise.all(accounts.items.map(({ account_id }) => store.spending(principal_id, account_id, { start: '2000-01-01', end: '2100-01-01' }))),
        tasks: await store.tasks(principal_id, {}, { by: 'created_at', direction: 'asc' }, page),
        webhooks: await store.webhooks({ principal_id }, 1_000),
        assignments: await store.creativeAssignments(reach, creative_ids), served: await store.creativeDelivery(reach, creative_ids),
        audiences: await store.audiences(reach), sources: await store.eventSources(reach), pending: await store.pendingPushes(principal_id),
        packages: await store.mediaBuysOfPackages(reach, buys.items.flatMap(({ packages }) => packages.map((each) => each.package.package_id))),
      };
    }));
  }

  test('refuses a database that holds anything, and leaves it as it is', async () => {
    const url = await cluster.freshDatabase();
    await intake(url, ACT, async () => {});
    expect(await migrate(url)).toMatchObject({ code: 1, stderr: 'adwright: nothing was copied: the database holds something already (in "audit"); name one that is empty\n' });
    expect(await cluster.asAdministrator(url, 'SELECT count(*)::int n FROM accounts')).toEqual([{ n: 0 }]);
  });

  test('copies nothing when what arrives is not what was sent', async () => {
    const url = await cluster.freshDatabase();
    await (await openPostgresStore({ url, attribution: withinWindow(true) })).close();
    await cluster.asAdministrator(url, `CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.value_micros := NEW.value_micros + 1; RETURN NEW; END $$`);
    await cluster.asAdministrator(url, 'CREATE TRIGGER touched BEFORE INSERT ON attributions FOR EACH ROW EXECUTE FUNCTION touch()');
    const { code, stderr } = await migrate(url);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^adwright: nothing was copied: "attributions" is not there as it was: \d+ rows of \d+, digest/)]);
    expect(await cluster.asAdministrator(url, 'SELECT (SELECT count(*) FROM accounts)::int + (SELECT count(*) FROM audit)::int n')).toEqual([{ n: 0 }]);
  }, 60_000);

  test('copies no audit trail that is broken', async () => {
    const entry = inSqlite((sql) => sql.prepare('SELECT seq, task FROM audit ORDER BY seq DESC LIMIT 1').get() as { seq: number; task: string });
    const rename = (task: string) => inSqlite((sql) => sql.prepare('UPDATE audit SET task = ? WHERE seq = ?').run(task, entry.seq));
    rename('nothing');
    try {
      const url = await cluster.freshDatabase();
      expect(await migrate(url)).toMatchObject({ code: 1, stderr: expect.stringContaining(`the audit trail breaks at entry ${entry.seq}`) });
      expect(await cluster.asAdministrator(url, 'SELECT count(*)::int n FROM accounts')).toEqual([{ n: 0 }]);
    } finally {
      rename(entry.task);
    }
  }, 60_000);

  test('waits for no server: while one has the store, nothing is copied', async () => {
    const seller = await startSeller({ data });
    try {
      expect(await migrate(await cluster.freshDatabase())).toMatchObject({ code: 1, stderr: expect.stringContaining('is in use by another process') });
    } finally {
      await seller.close();
    }
  }, 60_000);

  test('names what is missing', async () => {
    expect(await adwright(['migrate', '--data', data])).toMatchObject({ code: 1, stderr: expect.stringContaining('name the database with --to, or in DATABASE_URL') });
    expect(await migrate('mysql://u:s3cret@db/x')).toMatchObject({ code: 1, stderr: expect.stringMatching(/--to is no URL of a PostgreSQL database(?![^]*s3cret)/) });
    expect(await adwright(['migrate', '--to', await cluster.freshDatabase(), '--data', join(data, 'none')])).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no store at') });
  });
});
