import { describe, expect, test } from 'vitest';
import { audienceRecord, creativeRecord, member, sourceRecord } from '../../support/library-records.ts';
import { commit, freshStore, given, OWN, WIDE, type OpenStore } from './opening.ts';

/** What is registered for an account, found by id within its library: creatives, audiences, event sources. */
export function libraries(open: OpenStore): void {
  describe('libraries', () => {
    test('read records back as they were put, one version on', async () => {
      const store = await freshStore(open);
      const records = {
        creative: creativeRecord('a', {}, { tags: ['x'] }),
        audience: audienceRecord('a', { tags: ['y'] }),
        source: sourceRecord('a', {}, { event_types: ['lead'] }),
      };
      await given(
        store,
        { kind: 'put_creative', creative: records.creative },
        { kind: 'put_audience', audience: records.audience, add: [], remove: [] },
        { kind: 'put_event_source', source: records.source },
      );
      expect(await store.creatives(OWN, ['a'])).toEqual([{ ...records.creative, row_version: 1 }]);
      expect(await store.audiences(OWN, ['a'])).toEqual([{ ...records.audience, row_version: 1 }]);
      expect(await store.eventSources(OWN, ['a'])).toEqual([{ ...records.source, row_version: 1 }]);
    });

    test('keep every sign that JSON can spell, in ids and elsewhere', async () => {
      const store = await freshStore(open);
      const [first, second] = ['a\0b', 'a\u{F0000}0b'] as const;
      await given(
        store,
        { kind: 'put_creative', creative: creativeRecord(first, {}, { name: `${first} "\\' \u{1F600}`, tags: [second] }) },
        { kind: 'put_creative', creative: creativeRecord(second) },
        { kind: 'put_audience', audience: audienceRecord('a'), add: [member(first)], remove: [] });
      const [found] = await store.creatives(OWN, [first]);
      expect([found!.creative_id, found!.creative.name, found!.creative.tags]).toEqual([first, `${first} "\\' \u{1F600}`, [second]]);
      expect((await store.creatives(OWN, [first, second])).map(({ creative_id }) => creative_id)).toEqual([first, second]);
      expect([...(await store.audienceMembers(audienceRecord('a'), [first, second]))]).toEqual([first]);
      const sorted = await store.listCreatives(OWN, { tags_any: [second] }, { by: 'name', direction: 'asc' }, { limit: 5 });
      expect(sorted.items.map(({ creative_id }) => creative_id)).toEqual([first]);
    });

    test('are told apart by library and by principal', async () => {
      const store = await freshStore(open);
      await given(
        store,
        { kind: 'put_event_source', source: sourceRecord('site', { library: 'acct_other' }, { name: 'of the other account' }) },
        { kind: 'put_event_source', source: sourceRecord('site', {}, { name: 'own' }) },
        { kind: 'put_event_source', source: sourceRecord('theirs', { library: 'acct_other' }) },
        { kind: 'put_event_source', source: sourceRecord('site', { principal_id: 'stranger', library: 'acct_stranger' }) },
      );
      const named = async (reach: typeof OWN | typeof WIDE | { principal_id: string; wide: boolean }, ids?: string[]) =>
        (await store.eventSources(reach, ids)).map((each) => each.source.name ?? each.event_source_id);
      expect(await named(OWN)).toEqual(['own']);
      expect(await named(OWN, ['theirs'])).toEqual([]);
      expect(await named(WIDE)).toEqual(['own', 'theirs']);
      expect(await named({ principal_id: 'buyer', wide: true }, ['site'])).toHaveLength(1);
      expect(await named({ principal_id: 'buyer', wide: false }, ['site'])).toEqual(['of the other account', 'own']);
    });

    test('are stale when a record was changed since it was read, exists already, or is gone', async () => {
      const store = await freshStore(open);
      await given(store, { kind: 'put_event_source', source: sourceRecord('a') });
      const [read] = await store.eventSources(OWN, ['a']);
      expect(await commit(store, { kind: 'put_event_source', source: sourceRecord('a') })).toBe('stale');
      expect(await commit(store, { kind: 'put_event_source', source: { ...read!, updated_at: '2026-11-21T00:00:00.000Z' } })).toBe(
        'committed',
      );
      expect(await commit(store, { kind: 'delete_event_source', source: read! })).toBe('stale');
      const [now] = await store.eventSources(OWN, ['a']);
      expect(await commit(store, { kind: 'delete_event_source', source: now! })).toBe('committed');
      expect(await commit(store, { kind: 'delete_event_source', source: now! })).toBe('stale');
      expect(await store.eventSources(OWN)).toEqual([]);
    });

    test('take a deleted id again', async () => {
      const store = await freshStore(open);
      await given(store, { kind: 'put_creative', creative: creativeRecord('a') });
      const [read] = await store.creatives(OWN, ['a']);
      await given(store, { kind: 'delete_creative', creative: read! });
      expect(await commit(store, { kind: 'put_creative', creative: creativeRecord('a') })).toBe('committed');
    });
  });

  describe('audience members', () => {
    const held = async (store: Awaited<ReturnType<typeof freshStore>>) => {
      const [audience] = await store.audiences(OWN, ['a']);
      return [...(await store.audienceMembers(audience!, ['1', '2', '3', '4']))].sort();
    };

    test('are added and removed with their audience, each once', async () => {
      const store = await freshStore(open);
      await given(store, { kind: 'put_audience', audience: audienceRecord('a'), add: [member('1'), member('2'), member('2')], remove: [] });
      expect(await held(store)).toEqual(['1', '2']);
      const [audience] = await store.audiences(OWN, ['a']);
      await given(store, { kind: 'put_audience', audience: audience!, add: [member('2'), member('3')], remove: ['1', 'unknown'] });
      expect(await held(store)).toEqual(['2', '3']);
    });

    test('go with their audience', async () => {
      const store = await freshStore(open);
      await given(store, { kind: 'put_audience', audience: audienceRecord('a'), add: [member('1')], remove: [] });
      const [audience] = await store.audiences(OWN, ['a']);
      await given(store, { kind: 'delete_audience', audience: audience! });
      await given(store, { kind: 'put_audience', audience: audienceRecord('a'), add: [], remove: [] });
      expect(await held(store)).toEqual([]);
    });

    test('are none for an audience that is not stored yet, or no more', async () => {
      const store = await freshStore(open);
      expect((await store.audienceMembers(audienceRecord('a'), ['1'])).size).toBe(0);
      await given(store, { kind: 'put_audience', audience: audienceRecord('a'), add: [member('1')], remove: [] });
      const [audience] = await store.audiences(OWN, ['a']);
      await given(store, { kind: 'delete_audience', audience: audience! });
      expect((await store.audienceMembers(audience!, ['1'])).size).toBe(0);
    });
  });
}
