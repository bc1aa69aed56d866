import { describe, expect, test } from 'vitest';
import type { AccountFilter } from '../../../src/domain/ports/store-queries.ts';
import type { Store } from '../../../src/domain/ports/store.ts';
import { accountRecord } from '../../support/library-records.ts';
import { commit, freshStore, given, type OpenStore } from './opening.ts';

const ids = async (store: Store, filter: AccountFilter = {}) =>
  (await store.accounts('buyer', filter, { limit: 50 })).items.map(({ account_id }) => account_id);

export function accounts(open: OpenStore): void {
  describe('accounts', () => {
    test('reads an account back as it was put, one version on', async () => {
      const store = await freshStore(open);
      const account = accountRecord('a', { billing_entity: { legal_name: 'Trail & Tent BV' } });
      await given(store, { kind: 'put_account', account });
      expect(await store.account('buyer', 'a')).toEqual({ ...account, row_version: 1 });
    });

    test('shows a change at once to whoever has read before, by its id and by brand, and a commit that was given up to nobody', async () => {
      const store = await freshStore(open);
      const byBrand = async () => (await store.accounts('buyer', { brand_domain: 'trailandtent.example' }, { limit: 5 })).items.map(({ account_id, status }) => `${account_id} ${status}`);
      expect(await byBrand()).toEqual([]);
      await given(store, { kind: 'put_account', account: accountRecord('a') });
      const read = (await store.account('buyer', 'a'))!;
      expect(await byBrand()).toEqual(['a active']);
      await given(store, { kind: 'put_account', account: { ...read, status: 'suspended' } });
      expect([(await store.account('buyer', 'a'))?.status, await byBrand()]).toEqual(['suspended', ['a suspended']]);
      expect(await commit(store, { kind: 'put_account', account: accountRecord('b') }, { kind: 'put_account', account: { ...read, status: 'closed' } })).toBe('stale');
      expect([(await store.account('buyer', 'a'))?.status, await byBrand()]).toEqual(['suspended', ['a suspended']]);
    });

    test('does not show an account to another principal', async () => {
      const store = await freshStore(open);
      await given(store, { kind: 'put_account', account: accountRecord('a') });
      expect(await store.account('other', 'a')).toBeUndefined();
      expect((await store.accounts('other', {}, { limit: 5 })).total).toBe(0);
    });

    test('filters by every member of the natural key and by status', async () => {
      const store = await freshStore(open);
      await given(
        store,
        { kind: 'put_account', account: accountRecord('plain') },
        { kind: 'put_account', account: accountRecord('line', { brand: { domain: 'trailandtent.example', brand_id: 'boots' } }) },
        { kind: 'put_account', account: accountRecord('other_brand', { brand: { domain: 'noon.example' } }) },
        { kind: 'put_account', account: accountRecord('other_operator', { operator: 'solo.example' }) },
        { kind: 'put_account', account: accountRecord('trial', { sandbox: true, status: 'suspended' }) },
      );
      expect(await ids(store, { brand_domain: 'noon.example' })).toEqual(['other_brand']);
      expect(await ids(store, { brand_id: 'boots' })).toEqual(['line']);
      expect(await ids(store, { operator: 'solo.example' })).toEqual(['other_operator']);
      expect(await ids(store, { sandbox: true })).toEqual(['trial']);
      expect(await ids(store, { sandbox: false, brand_domain: 'trailandtent.example' })).toEqual(['plain', 'line', 'other_operator']);
      expect(await ids(store, { status: 'suspended' })).toEqual(['trial']);
      expect(await ids(store, { account_id: 'plain' })).toEqual(['plain']);
    });

    test('pages in the order of creation, with the whole number on every page', async () => {
      const store = await freshStore(open);
      await given(store, ...['c', 'a', 'b'].map((id) => ({ kind: 'put_account', account: accountRecord(id) }) as const));
      const first = await store.accounts('buyer', {}, { limit: 2 });
      const second = await store.accounts('buyer', {}, { limit: 2, after: first.last! });
      expect([first.items.map((each) => each.account_id), first.total]).toEqual([['c', 'a'], 3]);
      expect([second.items.map((each) => each.account_id), second.total, second.last]).toEqual([['b'], 3, undefined]);
    });

    test('is stale when an account that must be new shares its natural key with another', async () => {
      const store = await freshStore(open);
      await given(store, { kind: 'put_account', account: accountRecord('a') });
      expect(await commit(store, { kind: 'put_account', account: accountRecord('b'), onlyIfNew: true })).toBe('stale');
      expect(await commit(store, { kind: 'put_account', account: accountRecord('c', { sandbox: true }), onlyIfNew: true })).toBe(
        'committed',
      );
      expect(await commit(store, { kind: 'put_account', account: accountRecord('d') })).toBe('committed');
    });

    test('is stale when the account was changed since it was read, or exists already', async () => {
      const store = await freshStore(open);
      await given(store, { kind: 'put_account', account: accountRecord('a') });
      const read = (await store.account('buyer', 'a'))!;
      expect(await commit(store, { kind: 'put_account', account: { ...read, status: 'suspended' } })).toBe('committed');
      expect(await commit(store, { kind: 'put_account', account: { ...read, status: 'closed' } })).toBe('stale');
      expect(await commit(store, { kind: 'put_account', account: accountRecord('a') })).toBe('stale');
      expect((await store.account('buyer', 'a'))?.status).toBe('suspended');
    });
  });
}
