import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AccountRecord } from '../../domain/account.ts';
import { withinWindow } from '../../domain/ports/attribution-policy.ts';
import { StoreUnavailable, type HindranceKind } from '../../domain/ports/hindrance.ts';
import type { ChangeSet, Store } from '../../domain/ports/store.ts';
import { openDatabase, type Sql } from './database.ts';
import { commitTogether } from './group-commit.ts';
import { Statements } from './rows.ts';
import { openSqliteStore, storeOver } from './store.ts';
import { tablesOver } from './tables.ts';
import { openThreadedStore } from './threaded-store.ts';

let folder: string;
let store: Store;
const file = (): string => join(folder, 'adwright.sqlite');
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'adwright-hindered-')); });
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const AT = '2026-11-20T12:00:00.000Z';
const job = (job_id: string, bytes = 10): ChangeSet => ({
  changes: [{ kind: 'enqueue', job: { kind: 'push_upstream', job_id, principal_id: 'p', lane: job_id, run_at: AT, payload: { platform_id: 'x'.repeat(bytes), calls: [] } } }],
  audit: { at: AT, principal_id: 'p', task: 't', subjects: [] },
});
const jobs = async (): Promise<number> => (await store.pendingPushes('p')).count;
const why = (write: Promise<unknown>): Promise<HindranceKind | 'done'> =>
  write.then(() => 'done' as const, (error: unknown) => { if (error instanceof StoreUnavailable) return error.hindrance.kind; throw error; });

/** A store whose connection the test can get at. */
function opened(): Sql {
  const { sql, close } = openDatabase(file());
  const tables = tablesOver(new Statements(sql), withinWindow(true));
  store = storeOver(tables, { commit: (writes, told) => told(commitTogether(writes, tables)), close: async () => {} }, close);
  return sql;
}

describe('a store whose disk is full', () => {
  test('refuses what does not fit, whole groups of it, keeps what was there, is read, and goes on when there is room', async () => {
    const sql = opened();
    await store.commit(job('before'));
    const pages = sql.pragma('page_count', { simple: true }) as number;
    sql.pragma(`max_page_count = ${pages + 5}`);
    expect(await Promise.all([why(store.commit(job('small'))), why(store.commit(job('large', 100_000)))])).toEqual(['disk_full', 'disk_full']);
    expect(await why(store.tryWrite())).toBe('disk_full');
    expect(await jobs()).toBe(1);
    sql.pragma('max_page_count = 1000000');
    expect(await why(store.tryWrite())).toBe('done');
    expect(await why(store.commit(job('large', 100_000)))).toBe('done');
    expect(await jobs()).toBe(2);
    expect(sql.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  test('a key whose call was refused may be used again, and is answered once', async () => {
    const sql = opened();
    const claim = { scope: 's', key: 'k', task: 't', fingerprint: 'f', at: AT, claimExpiresAt: '2026-11-20T12:01:00.000Z', answerExpiresAt: '2026-11-21T12:00:00.000Z' };
    const call = { ...job('one', 100_000), answer: { scope: 's', key: 'k', body: { done: true } } };
    await store.claim(claim);
    sql.pragma(`max_page_count = ${sql.pragma('page_count', { simple: true })}`);
    expect(await why(store.commit(call))).toBe('disk_full');
    await store.release('s', 'k');
    sql.pragma('max_page_count = 1000000');
    expect(await store.claim(claim)).toEqual({ kind: 'claimed' });
    expect(await store.commit(call)).toBe('committed');
    expect(await store.claim(claim)).toEqual({ kind: 'replay', body: { done: true } });
  });
});

test('a store that may only be read refuses writes, is read, and takes them when it may be written', async () => {
  const sql = opened();
  await store.commit(job('before'));
  sql.pragma('query_only = 1');
  expect([await why(store.commit(job('refused'))), await jobs()]).toEqual(['read_only', 1]);
  sql.pragma('query_only = 0');
  expect([await why(store.commit(job('taken'))), await jobs()]).toEqual(['done', 2]);
});

test.each([
  ['where it reads', () => openSqliteStore({ file: file(), attribution: withinWindow(true) })],
  ['on a thread', () => openThreadedStore({ file: file(), multi_source_event_dedup: true })],
])('a store that writes %s refuses while another process holds it for too long, is read meanwhile, and goes on after', async (_how, open) => {
  store = open();
  await store.commit(job('before'));
  const other = new Database(file());
  other.exec('BEGIN IMMEDIATE');
  expect([await why(store.commit(job('refused'))), await jobs()]).toEqual(['locked', 1]);
  other.exec('COMMIT');
  other.close();
  expect([await why(store.commit(job('taken'))), await jobs()]).toEqual(['done', 2]);
});

describe('the thread that writes', () => {
  const threads: Worker[] = [];
  const start = (script?: URL) => {
    threads.length = 0;
    store = openThreadedStore({ file: file(), multi_source_event_dedup: true }, (workerData) => {
      const thread = new Worker(script ?? new URL('write-thread.ts', import.meta.url), { workerData });
      threads.push(thread);
      return thread;
    });
  };

  test('is begun anew when it dies: what waits for it is told that nobody knows, and what comes after is written', async () => {
    start();
    await store.commit(job('before'));
    const waiting = Array.from({ length: 20 }, (_, at) => why(store.commit(job(`waiting-${at}`))));
    await new Promise((resolve) => { setImmediate(resolve); });
    await threads[0]!.terminate();
    const outcomes = await Promise.all(waiting);
    expect(outcomes.filter((each) => each !== 'done' && each !== 'writer_lost')).toEqual([]);
    expect(await why(store.commit(job('after')))).toBe('done');
    expect(threads).toHaveLength(2);
    // Whatever was acknowledged is there; of the rest, what was on its way may be.
    const acknowledged = 2 + outcomes.filter((each) => each === 'done').length;
    expect(await jobs()).toBeGreaterThanOrEqual(acknowledged);
    expect(await jobs()).toBeLessThanOrEqual(22);
  });

  test('what is kept in memory is read anew after a write that is on disk and was never acknowledged', async () => {
    const thread = new URL('write-thread.ts', import.meta.url).href;
    // Tells of its first commit, and dies before it tells of its second.
    start(new URL(`data:text/javascript,import { parentPort as port } from 'node:worker_threads';
      const post = port.postMessage.bind(port); let told = 0;
      port.postMessage = (message) => (told++ === 0 ? post(message) : process.exit(1));
      await import('${thread}');`));
    const put = (account: AccountRecord): ChangeSet => ({ ...job(''), changes: [{ kind: 'put_account', account }] });
    const account: AccountRecord = {
      principal_id: 'p', account_id: 'acc_1', library: 'lib', name: 'Account', brand: { domain: 'acmeoutdoor.example' }, operator: 'pinnacle-agency.example',
      sandbox: false, status: 'active', billing: 'operator', account_scope: 'operator_brand', created_at: AT, row_version: 0,
    };
    await store.commit(put(account));
    const kept = (await store.account('p', 'acc_1'))!;
    expect(await why(store.commit(put(kept)))).toBe('writer_lost');
    expect((await store.account('p', 'acc_1'))!.row_version).toBe(kept.row_version + 1);
  });

  test('one that cannot live is begun anew once a second, and refuses meanwhile', async () => {
    start(new URL('data:text/javascript,process.exit(1)'));
    await expect.poll(() => why(store.commit(job('refused')))).toBe('writer_lost');
    await new Promise((resolve) => { setTimeout(resolve, 1_500); });
    expect(threads.length).toBeGreaterThanOrEqual(2);
    expect(threads.length).toBeLessThanOrEqual(3);
    expect(await jobs()).toBe(0);
  });

  test('ends with the store when it is asked to, with all that was handed to it on disk', async () => {
    start();
    const writes = Array.from({ length: 10 }, (_, at) => store.commit(job(`late-${at}`)));
    await store.close();
    await Promise.all(writes);
    start();
    expect(await jobs()).toBe(10);
  });
});
