import { describe, expect, test } from 'vitest';
import type { IdempotencyClaim, Store } from '../../../src/domain/ports/store.ts';
import { changeSet, freshStore, opened, type OpenStore } from './opening.ts';

const at = (minutes: number): string => new Date(Date.parse('2026-11-20T12:00:00.000Z') + minutes * 60_000).toISOString();

/** A claim that is free after 5 minutes, and whose answer is replayed for a day. */
const claimAt = (minutes: number, more: Partial<IdempotencyClaim> = {}): IdempotencyClaim => ({
  scope: 'buyer',
  key: 'key',
  task: 'task',
  fingerprint: 'f',
  at: at(minutes),
  claimExpiresAt: at(minutes + 5),
  answerExpiresAt: at(minutes + 1440),
  ...more,
});

const answered = (store: Store, body: Record<string, unknown> = { done: 1 }) =>
  store.commit(changeSet([], { answer: { scope: 'buyer', key: 'key', body } }));

/** A key is taken once; its answer is told again, to nobody but who asks the same. */
export function idempotency(open: OpenStore): void {
  describe('idempotency keys', () => {
    test('of many claims at once, one gets the key', async () => {
      const store = await freshStore(open);
      const outcomes = await Promise.all([0, 0, 0].map((minutes) => store.claim(claimAt(minutes))));
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['claimed', 'in_flight', 'in_flight']);
    });

    test('replays the answer to the same payload', async () => {
      const store = await freshStore(open);
      await store.claim(claimAt(0));
      expect(await answered(store, { a: [1, null, 'x'] })).toBe('committed');
      expect(await store.claim(claimAt(60))).toEqual({ kind: 'replay', body: { a: [1, null, 'x'] } });
    });

    test('is a conflict for another payload, whether the first call runs or has ended', async () => {
      const store = await freshStore(open);
      await store.claim(claimAt(0));
      expect(await store.claim(claimAt(1, { fingerprint: 'g' }))).toEqual({ kind: 'conflict' });
      await answered(store);
      expect(await store.claim(claimAt(1, { fingerprint: 'g' }))).toEqual({ kind: 'conflict' });
    });

    test('keeps scopes apart', async () => {
      const store = await freshStore(open);
      await store.claim(claimAt(0));
      expect(await store.claim(claimAt(0, { scope: 'other', fingerprint: 'g' }))).toEqual({ kind: 'claimed' });
    });

    test('gives a released key to the next, as if it had never been used', async () => {
      const store = await freshStore(open);
      await store.claim(claimAt(0));
      await store.release('buyer', 'key');
      expect(await store.claim(claimAt(1, { fingerprint: 'g' }))).toEqual({ kind: 'claimed' });
    });

    test('does not release a key that was answered', async () => {
      const store = await freshStore(open);
      await store.claim(claimAt(0));
      await answered(store);
      await store.release('buyer', 'key');
      expect(await store.claim(claimAt(1))).toMatchObject({ kind: 'replay' });
    });

    test('frees a claim that was not answered in time', async () => {
      const store = await freshStore(open);
      await store.claim(claimAt(0));
      expect(await store.claim(claimAt(4))).toEqual({ kind: 'in_flight' });
      expect(await store.claim(claimAt(5, { fingerprint: 'g' }))).toEqual({ kind: 'claimed' });
    });

    test('says expired behind the replay window, allowing for a minute between clocks, and forgets after a week', async () => {
      const store = await freshStore(open);
      await store.claim(claimAt(0));
      await answered(store);
      expect(await store.claim(claimAt(1441))).toMatchObject({ kind: 'replay' });
      expect(await store.claim(claimAt(1442))).toEqual({ kind: 'expired' });
      expect(await store.claim(claimAt(1440 + 7 * 1440))).toEqual({ kind: 'claimed' });
    });

    test('replays after a restart, and frees what a dead process had claimed', async () => {
      const { store, reopen } = await opened(open);
      await store.claim(claimAt(0));
      await answered(store);
      await store.claim(claimAt(0, { key: 'unanswered' }));
      const again = await reopen();
      expect(await again.claim(claimAt(1))).toEqual({ kind: 'replay', body: { done: 1 } });
      expect(await again.claim(claimAt(1, { key: 'unanswered' }))).toEqual({ kind: 'claimed' });
    });
  });
}
