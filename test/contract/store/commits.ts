import { describe, expect, test } from 'vitest';
import type { NewJob } from '../../../src/domain/ports/jobs.ts';
import { creativeRecord, sourceRecord } from '../../support/library-records.ts';
import { changeSet, commit, freshStore, given, opened, OWN, type OpenStore } from './opening.ts';

const AT = '2026-11-20T12:00:00.000Z';
const job = (job_id: string): NewJob => ({
  kind: 'push_upstream', principal_id: 'p',
  job_id,
  lane: job_id,
  run_at: AT,
  payload: { platform_id: 'p', calls: [] },
});
const claim = {
  scope: 's',
  key: 'key',
  task: 't',
  fingerprint: 'f',
  at: AT,
  claimExpiresAt: '2026-11-20T12:05:00.000Z',
  answerExpiresAt: '2026-11-21T12:00:00.000Z',
};

/** One change set is applied whole or not at all, and what was acknowledged stays. */
export function commits(open: OpenStore): void {
  describe('commits', () => {
    test('applies a change set whole', async () => {
      const store = await freshStore(open);
      await store.claim(claim);
      const set = changeSet(
        [
          { kind: 'put_creative', creative: creativeRecord('a') },
          { kind: 'enqueue', job: job('j') },
        ],
        { answer: { scope: 's', key: 'key', body: { a: 1 } } },
      );
      expect(await store.commit(set)).toBe('committed');
      expect((await store.creatives(OWN, ['a'])).map((each) => each.row_version)).toEqual([1]);
      expect(await store.pendingPushes('p')).toMatchObject({ count: 1 });
      expect(await store.claim(claim)).toEqual({ kind: 'replay', body: { a: 1 } });
    });

    test('leaves nothing of a change set in which one row is stale', async () => {
      const store = await freshStore(open);
      await store.claim(claim);
      await given(store, { kind: 'put_creative', creative: creativeRecord('known') });
      const set = changeSet(
        [
          { kind: 'put_creative', creative: creativeRecord('fresh') },
          { kind: 'enqueue', job: job('j') },
          { kind: 'put_creative', creative: creativeRecord('known') },
        ],
        { answer: { scope: 's', key: 'key', body: { a: 1 } } },
      );
      expect(await store.commit(set)).toBe('stale');
      expect((await store.creatives(OWN, ['fresh', 'known'])).map((each) => each.creative_id)).toEqual(['known']);
      expect(await store.pendingPushes('p')).toMatchObject({ count: 0 });
      expect(await store.claim(claim)).toEqual({ kind: 'in_flight' });
    });

    test('refuses an answer whose claim is gone, with all that it acknowledges', async () => {
      const store = await freshStore(open);
      const set = changeSet([{ kind: 'put_creative', creative: creativeRecord('a') }], {
        answer: { scope: 's', key: 'never claimed', body: {} },
      });
      expect(await store.commit(set)).toBe('stale');
      expect(await store.creatives(OWN, ['a'])).toEqual([]);
    });

    test('of two writers that read the same version, one is stale', async () => {
      const store = await freshStore(open);
      await given(store, { kind: 'put_creative', creative: creativeRecord('a') });
      const [read] = await store.creatives(OWN, ['a']);
      const outcomes = await Promise.all(
        ['x', 'y'].map((name) => commit(store, { kind: 'put_creative', creative: { ...read!, creative: { ...read!.creative, name } } })),
      );
      expect(outcomes.toSorted()).toEqual(['committed', 'stale']);
      const [now] = await store.creatives(OWN, ['a']);
      expect([now!.creative.name, now!.row_version]).toEqual([outcomes[0] === 'committed' ? 'x' : 'y', 2]);
    });

    test('one bad write among many that arrive together leaves the others alone', async () => {
      const store = await freshStore(open);
      await given(store, { kind: 'enqueue', job: job('taken') });
      const outcomes = await Promise.allSettled([
        commit(store, { kind: 'put_creative', creative: creativeRecord('a') }),
        commit(store, { kind: 'put_creative', creative: creativeRecord('b') }, { kind: 'enqueue', job: job('taken') }),
        commit(store, { kind: 'put_creative', creative: creativeRecord('a') }),
        commit(store, { kind: 'put_event_source', source: sourceRecord('s') }),
      ]);
      const [first, bad, second, other] = outcomes.map((each) => (each.status === 'fulfilled' ? each.value : 'threw'));
      expect([bad, other, ...[first, second].sort()]).toEqual(['threw', 'committed', 'committed', 'stale']);
      expect((await store.creatives(OWN, ['a', 'b'])).map((each) => each.creative_id)).toEqual(['a']);
      expect(await store.eventSources(OWN)).toHaveLength(1);
    });

    test('keeps what it acknowledged when it is opened again', async () => {
      const { store, reopen } = await opened(open);
      await given(store, { kind: 'put_creative', creative: creativeRecord('a') }, { kind: 'enqueue', job: job('j') });
      const again = await reopen();
      expect((await again.creatives(OWN, ['a'])).map((each) => each.creative_id)).toEqual(['a']);
      expect(await again.pendingPushes('p')).toMatchObject({ count: 1 });
    });
  });
}
