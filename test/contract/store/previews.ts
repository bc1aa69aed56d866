import { describe, expect, test } from 'vitest';
import { PREVIEWS_KEPT, type PreviewRecord } from '../../../src/domain/preview/preview.ts';
import { freshStore, given, type OpenStore } from './opening.ts';

const preview = (preview_id: string, more: Partial<PreviewRecord> = {}): PreviewRecord => ({
  preview_id, principal_id: 'buyer', made_at: '2026-11-20T12:00:00.000Z', expires_at: '2026-11-21T12:00:00.000Z', title: preview_id, html: '<p>', conduct: 'still', ...more,
});
const NOON = '2026-11-20T12:00:00.000Z';

export function previews(open: OpenStore): void {
  describe('previews', () => {
    test('are there for whoever has the id, until they expire', async () => {
      const store = await freshStore(open);
      await given(store, { kind: 'put_preview', preview: preview('a') });
      expect(await store.preview('a', NOON)).toEqual(preview('a'));
      expect([await store.preview('a', '2026-11-21T12:00:00.000Z'), await store.preview('b', NOON)]).toEqual([undefined, undefined]);
    });

    test('of one caller make room for newer ones, and for nobody else', async () => {
      const store = await freshStore(open);
      await given(store, { kind: 'put_preview', preview: preview('theirs', { principal_id: 'other' }) });
      await given(store, ...Array.from({ length: PREVIEWS_KEPT + 1 }, (_, at) => ({ kind: 'put_preview', preview: preview(`p${at}`) }) as const));
      const there = await Promise.all(['theirs', 'p0', 'p1', `p${PREVIEWS_KEPT}`].map((id) => store.preview(id, NOON)));
      expect(there.map((each) => each?.preview_id)).toEqual(['theirs', undefined, 'p1', `p${PREVIEWS_KEPT}`]);
    });

    test('of a creative go when it has to be forgotten', async () => {
      const store = await freshStore(open);
      const of = (preview_id: string, library: string, creative_id: string) => ({ kind: 'put_preview', preview: preview(preview_id, { library, creative_id }) }) as const;
      await given(store, of('a', 'lib', 'x'), of('b', 'lib', 'y'), of('c', 'other', 'x'), { kind: 'forget_previews', library: 'lib', creative_id: 'x' });
      expect([await store.preview('a', NOON), (await store.preview('b', NOON))?.title, (await store.preview('c', NOON))?.title]).toEqual([undefined, 'b', 'c']);
    });
  });
}
