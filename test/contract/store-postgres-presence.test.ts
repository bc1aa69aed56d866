/** What servers on one database do about one that has died: it is one that holds no lock any more. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { withinWindow } from '../../src/domain/ports/attribution-policy.ts';
import type { IdempotencyClaim, Store } from '../../src/domain/ports/store.ts';
import { openPostgresStore } from '../../src/store/postgres/store.ts';
import { hasPostgres, testCluster } from '../support/postgres.ts';
import { given } from './store/opening.ts';

const AT = '2026-11-20T12:00:00.000Z';
const LATER = '2026-11-20T12:05:00.000Z';
const CLAIM: IdempotencyClaim = { scope: 's', key: 'k', task: 'create_media_buy', fingerprint: 'f', at: AT, claimExpiresAt: LATER, answerExpiresAt: '2026-11-21T12:00:00.000Z' };
/** A name under which no server lives. */
const DEAD = '00000000-0000-4000-8000-000000000000';

describe.runIf(hasPostgres('what becomes of the claims and jobs of a server that was killed'))('a server that has died', () => {
  async function two(): Promise<{ readonly url: string; readonly stores: readonly [Store, Store]; readonly sql: (statement: string) => Promise<readonly Record<string, unknown>[]> }> {
    const cluster = await testCluster();
    const url = await cluster.freshDatabase();
    const open = () => openPostgresStore({ url, attribution: withinWindow(true) });
    const stores = [await open(), await open()] as const;
    onTestFinished(async () => { await Promise.all(stores.map((store) => store.close())); });
    return { url, stores, sql: (statement) => cluster.asAdministrator(url, statement) };
  }
  const job = (job_id: string) => ({ kind: 'enqueue', job: { kind: 'rule_on_item', job_id, principal_id: 'p', lane: job_id, run_at: AT, payload: { library: 'l', catalog_id: 'c', item_id: 'i', ruling: { status: 'approved' } } } }) as const;

  test('holds a key no longer, whatever comes under it next; one that lives does', async () => {
    const { stores: [left, right], sql } = await two();
    expect(await left.claim(CLAIM)).toEqual({ kind: 'claimed' });
    expect(await right.claim(CLAIM)).toEqual({ kind: 'in_flight' });
    await sql(`UPDATE idempotency SET holder = '${DEAD}'`);
    expect(await right.claim({ ...CLAIM, fingerprint: 'other' })).toEqual({ kind: 'claimed' });
    // What the dead one would still say is not taken.
    expect(await left.commit({ changes: [], audit: { at: AT, principal_id: 'p', task: 't', subjects: [] }, answer: { scope: 's', key: 'k', body: {} } })).toBe('stale');
  });

  test('keeps what it has answered', async () => {
    const { stores: [left, right], sql } = await two();
    await left.claim(CLAIM);
    await left.commit({ changes: [], audit: { at: AT, principal_id: 'p', task: 't', subjects: [] }, answer: { scope: 's', key: 'k', body: { done: true } } });
    await sql(`UPDATE idempotency SET holder = '${DEAD}'`);
    expect(await right.claim(CLAIM)).toEqual({ kind: 'replay', body: { done: true } });
  });

  test('leaves its work to the others at once; that of one that lives stays its own until the lease ends', async () => {
    const { stores: [left, right], sql } = await two();
    await given(left, job('a'), job('b'));
    expect((await left.leaseJobs(AT, LATER, 9)).map((each) => each.job.job_id)).toEqual(['a', 'b']);
    expect(await right.leaseJobs(AT, LATER, 9)).toEqual([]);
    await sql(`UPDATE jobs SET holder = '${DEAD}' WHERE job_id = 'a'`);
    const next = await right.leaseJobs('2026-11-20T12:00:03.000Z', LATER, 9);
    expect(next.map((each) => [each.job.job_id, each.attempts])).toEqual([['a', 2]]);
  });

  test('is known as alive again when its connection comes back', { timeout: 20_000 }, async () => {
    const { stores: [left, right], sql } = await two();
    await sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'adwright presence' AND datname = current_database()`);
    await expect.poll(() => sql(`SELECT count(*)::int n FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`), { timeout: 10_000 }).toEqual([{ n: 2 }]);
    await left.claim(CLAIM);
    expect(await right.claim(CLAIM)).toEqual({ kind: 'in_flight' });
  });

  test('that stops as it should leaves no lock behind', async () => {
    const { url, sql } = await two();
    const third = await openPostgresStore({ url, attribution: withinWindow(true) });
    await third.close();
    await expect.poll(() => sql(`SELECT count(*)::int n FROM pg_stat_activity WHERE application_name = 'adwright presence' AND datname = current_database()`)).toEqual([{ n: 2 }]);
  });
});
