import { describe, expect, test } from 'vitest';
import type { ProposalRecord } from '../../../src/domain/proposal/proposal.ts';
import { commit, freshStore, given, OWN, WIDE, type OpenStore } from './opening.ts';

const draft = (proposal_id: string, more: Partial<ProposalRecord> = {}): ProposalRecord => ({
  proposal_id, principal_id: 'buyer', library: 'acct_test', row_version: 0, currency: 'USD', created_at: '2026-11-20T12:00:00.000Z',
  proposal: { proposal_id, name: proposal_id, allocations: [{ product_id: 'p', allocation_percentage: 100 }], expires_at: '2026-11-27T12:00:00.000Z' }, ...more,
});
const put = (proposal: ProposalRecord) => ({ kind: 'put_proposal', proposal }) as const;

/** Plans that buyers refine and buy. */
export function proposals(open: OpenStore): void {
  describe('proposals', () => {
    test('are found by id, in the order asked, by their account, and by any account when they have none', async () => {
      const store = await freshStore(open);
      await given(store, put(draft('own')), put(draft('free', { library: '' })), put(draft('other', { library: 'acct_other' })), put(draft('theirs', { principal_id: 'stranger', library: '' })));
      const found = async (reach: typeof OWN | typeof WIDE) => (await store.proposals(reach, ['theirs', 'other', 'free', 'own', 'nowhere'])).map((each) => each.proposal_id);
      expect(await found(OWN)).toEqual(['free', 'own']);
      expect(await found(WIDE)).toEqual(['other', 'free', 'own']);
      expect(await store.proposals(OWN, ['own'])).toEqual([{ ...draft('own'), row_version: 1 }]);
    });

    test('are found by the search that they were drafted for until one is changed', async () => {
      const store = await freshStore(open);
      await given(store, put(draft('a', { origin: 'o' })), put(draft('b', { origin: 'o' })), put(draft('c', { origin: 'another' })), put(draft('d')));
      const drafted = async (origin: string) => (await store.draftedProposals('buyer', 'acct_test', origin)).map((each) => each.proposal_id);
      expect([await drafted('o'), await drafted('')]).toEqual([['a', 'b'], []]);
      const { origin: _origin, ...touched } = (await store.proposals(OWN, ['a']))[0]!;
      await given(store, put(touched));
      expect(await drafted('o')).toEqual(['b']);
      expect(await store.draftedProposals('buyer', 'acct_other', 'o')).toEqual([]);
    });

    test('are stale when one was changed since it was read, or exists already', async () => {
      const store = await freshStore(open);
      await given(store, put(draft('a')));
      const [read] = await store.proposals(OWN, ['a']);
      await given(store, put({ ...read!, media_buy_id: 'mb_1' }));
      expect([await commit(store, put({ ...read!, media_buy_id: 'mb_2' })), await commit(store, put(draft('a')))]).toEqual(['stale', 'stale']);
    });

    test('are forgotten a month after they expired', async () => {
      const store = await freshStore(open);
      await given(store, put(draft('old')));
      await given(store, put(draft('soon', { created_at: '2026-12-20T00:00:00.000Z' })));
      expect(await store.proposals(OWN, ['old'])).toHaveLength(1);
      await given(store, put(draft('late', { created_at: '2027-01-20T00:00:00.000Z' })));
      expect(await store.proposals(OWN, ['old', 'late'])).toMatchObject([{ proposal_id: 'late' }]);
    });
  });
}
