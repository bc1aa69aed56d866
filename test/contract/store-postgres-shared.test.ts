/** What several servers on one database owe each other. Each test opens the stores as servers of their own would. */
import { describe, expect, onTestFinished, test } from 'vitest';
import type { EventRecord } from '../../src/domain/conversion-event.ts';
import type { NewJob } from '../../src/domain/ports/jobs.ts';
import { StoreUnavailable } from '../../src/domain/ports/hindrance.ts';
import { withinWindow } from '../../src/domain/ports/attribution-policy.ts';
import type { Change, Store } from '../../src/domain/ports/store.ts';
import { chained, GENESIS, type AuditRow } from '../../src/store/audit-chain.ts';
import { openPostgresStore } from '../../src/store/postgres/store.ts';
import { accountRecord, creativeRecord, eventBatch, purchase } from '../support/library-records.ts';
import { hasPostgres, testCluster } from '../support/postgres.ts';
import { testBuy, testPackage } from '../support/running-buys.ts';
import { changeSet, commit, given, OWN } from './store/opening.ts';

const AT = '2026-11-20T12:00:00.000Z';
const LATER = '2026-11-20T12:05:00.000Z';

/** Stores over one database that nobody has used yet. */
async function sharing<const Count extends number>(count: Count, on?: string): Promise<{ readonly url: string; readonly stores: Store[] & { readonly length: Count } }> {
  const url = on ?? await (await testCluster()).freshDatabase();
  const stores = await Promise.all(Array.from({ length: count }, () => openPostgresStore({ url, attribution: withinWindow(true) })));
  onTestFinished(async () => { await Promise.all(stores.map((store) => store.close())); });
  return { url, stores: stores as Store[] & { readonly length: Count } };
}

/** Does it until it is not stale. @param change reads what it is about */
async function put(store: Store, change: () => Promise<Change>): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) if ((await commit(store, await change())) === 'committed') return;
  throw new Error('always stale');
}

const aimed = (package_id: string, ...sources: string[]) => testPackage(package_id, {
  optimization_goals: [{ kind: 'event', event_sources: sources.map((event_source_id) => ({ event_source_id, event_type: 'purchase', value_field: 'value' }) as const) }],
  creative_assignments: [{ creative_id: 'x' }, { creative_id: 'y' }],
});
const sale = (id: number, value: number): EventRecord => purchase(`e${id}`, { custom_data: { value, currency: 'USD' } });
const logged = (source: string, events: readonly EventRecord[]): Change => ({ kind: 'record_events', batch: eventBatch(source, events) });
const ledger = async (store: Store) => (await store.delivery('buyer', ['mb_1']))[0]!;

describe.runIf(hasPostgres('what servers on one database owe each other'))('servers on one database', () => {
  test('begin at the same time, and one of them makes the tables', async () => {
    const { stores } = await sharing(4);
    await given(stores[0]!, { kind: 'put_creative', creative: creativeRecord('a') });
    for (const store of stores) expect((await store.creatives(OWN, ['a'])).map(({ creative_id }) => creative_id)).toEqual(['a']);
  });

  test('count the same events once, whoever logs them, and while buys begin to aim at their sources', { timeout: 60_000 }, async () => {
    const { stores: [left, right] } = await sharing(2);
    await given(left!, { kind: 'put_media_buy', buy: testBuy([aimed('p', 'pixel'), aimed('q', 'app')]) });
    const batches = Array.from({ length: 24 }, (_, nth) => {
      const source = ['pixel', 'server', 'app'][nth % 3]!;
      // Batches overlap, and so do sources; what the first named source says of an event is its value.
      return logged(source, Array.from({ length: 40 }, (_event, at) => sale((nth * 17 + at * 7) % 120, ['pixel', 'server', 'app'].indexOf(source) + 1)));
    });
    const wide = testBuy([aimed('p', 'pixel', 'server'), aimed('q', 'server', 'app')]);
    const later = Array.from({ length: 12 }, (_, nth): Change => ({ kind: 'put_media_buy', buy: { ...wide, media_buy_id: `later_${nth}` } }));
    await Promise.all([
      ...batches.flatMap((batch, nth) => [given(nth % 2 === 0 ? left! : right!, batch), ...(nth % 2 === 0 ? [given(nth % 4 === 0 ? left! : right!, later[nth / 2]!)] : [])]),
      ...batches.slice(0, 8).map((batch) => given(right!, batch)),
      put(right!, async () => ({ kind: 'put_media_buy', buy: { ...wide, row_version: (await right!.mediaBuy(OWN, 'mb_1'))!.row_version } })),
    ]);

    const { stores: [alone] } = await sharing(1);
    await given(alone!, { kind: 'put_media_buy', buy: wide });
    for (const batch of batches) await given(alone!, batch);
    const { rows } = await ledger(alone!);
    expect(rows.reduce((sum, { attributed }) => sum + attributed.conversions, 0)).toBe(120);
    const ids = ['mb_1', ...later.map((_, nth) => `later_${nth}`)];
    const ledgers = await left!.delivery('buyer', ids);
    for (const each of ledgers) expect(each.rows).toEqual(rows.map((row) => ({ ...row, media_buy_id: each.media_buy_id })));
    expect(ledgers).toHaveLength(ids.length);
  });

  test('add up what platforms report of a buy at the same time', async () => {
    const { stores } = await sharing(2);
    await given(stores[0]!, { kind: 'put_media_buy', buy: testBuy([aimed('p', 'pixel')]) });
    const fact = { principal_id: 'buyer', media_buy_id: 'mb_1', day: '2026-11-20', increments: [{ package_id: 'p', impressions: 10, spend_micros: 3 }] } as const;
    await Promise.all(Array.from({ length: 20 }, (_, nth) => given(stores[nth % 2]!, { kind: 'record_delivery', fact: { ...fact, gauges: { reach: nth } } })));
    const { rows } = await ledger(stores[1]!);
    expect(rows.map(({ counters }) => [counters.impressions, counters.spend_micros])).toEqual([[200, 60]]);
  });

  test('of those that change the same row, one wins at a time and none is lost', async () => {
    const { stores } = await sharing(2);
    await given(stores[0]!, { kind: 'put_creative', creative: creativeRecord('a', {}, { name: '' }) });
    await Promise.all(Array.from({ length: 12 }, (_, nth) => put(stores[nth % 2]!, async () => {
      const [read] = await stores[nth % 2]!.creatives(OWN, ['a']);
      return { kind: 'put_creative', creative: { ...read!, creative: { ...read!.creative, name: `${read!.creative.name}.` } } };
    })));
    const [now] = await stores[1]!.creatives(OWN, ['a']);
    expect([now!.creative.name, now!.row_version]).toEqual(['............', 13]);
  });

  test('make one account of a brand, however many ask for it at once', async () => {
    const { stores } = await sharing(2);
    const outcomes = await Promise.all(Array.from({ length: 8 }, (_, nth) => commit(stores[nth % 2]!, { kind: 'put_account', account: accountRecord(`acct_${nth}`), onlyIfNew: true })));
    expect(outcomes.filter((outcome) => outcome === 'committed')).toHaveLength(1);
  });

  test('hold a key apart: one claims it, the others wait, and only its holder answers or gives it back', async () => {
    const { stores: [left, right] } = await sharing(2);
    const claim = { scope: 's', key: 'k', task: 't', fingerprint: 'f', at: AT, claimExpiresAt: LATER, answerExpiresAt: '2026-11-21T12:00:00.000Z' };
    const kinds = (await Promise.all([left!, right!, left!, right!].map((store) => store.claim(claim)))).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['claimed', 'in_flight', 'in_flight', 'in_flight']);
    const [holder, other] = kinds.indexOf('claimed') % 2 === 0 ? [left!, right!] : [right!, left!];
    await other.release('s', 'k');
    expect(await other.claim(claim)).toEqual({ kind: 'in_flight' });
    const answer = { scope: 's', key: 'k', body: { done: 1 } };
    expect(await other.commit(changeSet([], { answer }))).toBe('stale');
    expect(await holder.commit(changeSet([], { answer }))).toBe('committed');
    expect(await other.claim(claim)).toEqual({ kind: 'replay', body: { done: 1 } });
  });

  test('take over what another claimed when its claim runs out, and what it would answer then is refused', async () => {
    const { stores: [slow, other] } = await sharing(2);
    const claim = { scope: 's', key: 'k', task: 't', fingerprint: 'f', at: AT, claimExpiresAt: LATER, answerExpiresAt: '2026-11-21T12:00:00.000Z' };
    expect(await slow!.claim(claim)).toEqual({ kind: 'claimed' });
    expect(await other!.claim({ ...claim, at: LATER, claimExpiresAt: '2026-11-20T12:10:00.000Z' })).toEqual({ kind: 'claimed' });
    expect(await slow!.commit(changeSet([{ kind: 'put_creative', creative: creativeRecord('a') }], { answer: { scope: 's', key: 'k', body: {} } }))).toBe('stale');
    expect(await other!.creatives(OWN, ['a'])).toEqual([]);
  });

  test('share the work: no job is done by two, and no lane by two at a time', { timeout: 60_000 }, async () => {
    const { stores } = await sharing(3);
    const jobs = Array.from({ length: 90 }, (_, nth): NewJob => (
      { kind: 'deliver_webhook', principal_id: 'p', job_id: `j${nth}`, lane: `lane${nth % 7}`, run_at: AT, payload: { webhook_id: `w${nth}` } }));
    // Jobs of one lane come from several servers at once, so that some are seen after those that were put in later.
    const filling = Promise.all(jobs.map((job, nth) => given(stores[nth % 3]!, { kind: 'enqueue', job })));
    const [running, done] = [new Set<string>(), [] as string[]];
    const work = async (store: Store): Promise<void> => {
      for (let idle = 0; idle < 50;) {
        const leased = await store.leaseJobs(AT, LATER, 3);
        idle = leased.length === 0 ? idle + 1 : 0;
        for (const { job: { lane } } of leased) {
          expect(running.has(lane)).toBe(false);
          running.add(lane);
        }
        for (const { job: { job_id, lane } } of leased) {
          running.delete(lane);
          done.push(job_id);
          await store.finishJob(job_id, { kind: 'done' });
        }
      }
    };
    await Promise.all([filling, ...stores.map(work)]);
    expect(done.toSorted()).toEqual(jobs.map(({ job_id }) => job_id).toSorted());
    expect(await stores[0]!.queue()).toEqual([]);
  });

  test('leave another server\'s lease alone when they begin, and when they finish too late', async () => {
    const { url, stores: [first] } = await sharing(1);
    await given(first!, { kind: 'enqueue', job: { kind: 'deliver_webhook', principal_id: 'p', job_id: 'j', lane: 'l', run_at: AT, payload: { webhook_id: 'w' } } });
    expect(await first!.leaseJobs(AT, LATER, 1)).toHaveLength(1);
    const { stores: [second] } = await sharing(1, url);
    expect(await second!.leaseJobs(AT, LATER, 1)).toEqual([]);
    expect((await second!.leaseJobs(LATER, '2026-11-20T12:10:00.000Z', 1)).map(({ attempts }) => attempts)).toEqual([2]);
    await first!.finishJob('j', { kind: 'done' });
    expect(await second!.queue()).toHaveLength(1);
  });

  test('find what any of them has answered, newest first, and nothing of another caller', async () => {
    const { stores: [left, right] } = await sharing(2);
    for (const [nth, store] of [left!, right!, left!].entries())
      await store.answered!.keep('buyer', { id: `t${nth}`, context_id: `c${nth % 2}`, state: 3 + (nth % 2), document: { nth } });
    await left!.answered!.keep('other', { id: 't0', context_id: 'c0', state: 3, document: { nth: 'other' } });
    const answered = right!.answered!;
    expect([await answered.find('buyer', 't0'), await answered.find('other', 't0'), await answered.find('other', 't1')]).toEqual([{ nth: 0 }, { nth: 'other' }, undefined]);
    expect(await answered.list('buyer', { limit: 2, skip: 0 })).toEqual({ documents: [{ nth: 2 }, { nth: 1 }], total: 3 });
    expect(await answered.list('buyer', { limit: 2, skip: 1, context_id: 'c0', state: 3 })).toEqual({ documents: [{ nth: 0 }], total: 2 });
  });

  test('keep what was answered lately, and no more than a thousand of a caller', async () => {
    const cluster = await testCluster();
    const { url, stores: [store] } = await sharing(1);
    await cluster.asAdministrator(url, `INSERT INTO answered_tasks (owner, task_id, context_id, state, document) SELECT 'buyer', 'old' || n, '', 3, '{}' FROM generate_series(1, 1005) n`);
    await cluster.asAdministrator(url, `INSERT INTO answered_tasks (owner, task_id, context_id, state, document, kept_at) VALUES ('other', 'stale', '', 3, '{}', now() - interval '2 hours')`);
    await store!.answered!.keep('buyer', { id: 'new', context_id: '', state: 3, document: {} });
    expect((await store!.answered!.list('buyer', { limit: 1, skip: 0 })).total).toBe(1000);
    expect([await store!.answered!.find('buyer', 'old6'), await store!.answered!.find('other', 'stale')]).toEqual([undefined, undefined]);
  });

  test('write one audit, whose entries hang together', async () => {
    const { url, stores } = await sharing(3);
    await Promise.all(Array.from({ length: 60 }, (_, nth) => given(stores[nth % 3]!, { kind: 'put_creative', creative: creativeRecord(`c${nth}`) })));
    const entries = await (await testCluster()).asAdministrator(url, 'SELECT seq::int, at, principal_id, account_id, task, subjects, hash FROM audit ORDER BY seq') as unknown as AuditRow[];
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 60 }, (_, nth) => nth + 1));
    let before: Buffer = GENESIS;
    for (const entry of entries) expect((before = chained(before, entry)).equals(entry.hash!)).toBe(true);
  });
});

describe.runIf(hasPostgres('what becomes of a store whose database goes away'))('a database that goes away', () => {
  const why = async (doing: Promise<unknown>): Promise<string> => doing.then(() => 'done', (error: unknown) => (error instanceof StoreUnavailable ? error.hindrance.kind : `threw ${String(error)}`));

  test('hinders the store while it is gone; nothing is half done, and afterwards all goes on', { timeout: 60_000 }, async () => {
    const cluster = await testCluster();
    const { stores: [store] } = await sharing(1);
    await given(store!, { kind: 'put_creative', creative: creativeRecord('before') });
    const restarted = cluster.restart();
    const outcomes = new Set<string>();
    for (let nth = 0; nth < 200 && !outcomes.has('database_lost'); nth += 1) outcomes.add(await why(commit(store!, { kind: 'put_creative', creative: creativeRecord(`c${nth}`) })));
    expect([...outcomes].filter((outcome) => outcome.startsWith('threw'))).toEqual([]);
    await restarted;
    for (let tries = 0; tries < 50 && (await why(store!.tryWrite())) !== 'done'; tries += 1);
    expect(await why(given(store!, { kind: 'put_creative', creative: creativeRecord('after') }))).toBe('done');
    expect((await store!.creatives(OWN, ['before', 'after'])).map(({ creative_id }) => creative_id)).toEqual(['before', 'after']);
  });

  test('one connection that is cut off fails its call and no other', async () => {
    const cluster = await testCluster();
    const { url, stores: [store] } = await sharing(1);
    const cut = 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';
    for (let nth = 0; nth < 10; nth += 1) {
      const outcomes = Promise.all(Array.from({ length: 5 }, (_, at) => why(commit(store!, { kind: 'put_creative', creative: creativeRecord(`c${nth}_${at}`) }))));
      await cluster.asAdministrator(url, cut);
      for (const outcome of await outcomes) expect(['done', 'database_lost', 'writer_lost']).toContain(outcome);
    }
    expect(await why(given(store!, { kind: 'put_creative', creative: creativeRecord('after') }))).toBe('done');
  });

  test('a server that cannot reach its database does not begin, and says why', async () => {
    await expect(openPostgresStore({ url: 'postgres://nobody:secret@127.0.0.1:1/none', attribution: withinWindow(true) })).rejects.toThrow(/the database cannot be reached/);
  });
});
