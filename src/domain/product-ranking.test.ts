import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testProduct } from '../../test/support/desk.ts';
import { explained, ranked } from './product-ranking.ts';
import { indexCatalogue } from './word-index.ts';

const NONE: ReadonlySet<string> = new Set();
const display = testProduct('display', { name: 'Hiking banners', description: 'Outdoor lifestyle pages.', channels: ['display'] });
const ctv = testProduct('ctv', {
  name: 'Living room',
  description: 'Big screens.',
  channels: ['ctv'],
  delivery_type: 'guaranteed',
  format_ids: [{ agent_url: 'https://seller.example', id: 'video_30s' }],
});
const podcast = testProduct('podcast', {
  name: 'Trail talk',
  description: 'Outdoor stories, told weekly.',
  channels: ['podcast'],
  format_ids: [{ agent_url: 'https://seller.example', id: 'audio_30s' }],
});
const CATALOGUE = [display, ctv, podcast];
const ids = (products: readonly { product_id: string }[]) => products.map(({ product_id }) => product_id);

describe('ranking for a brief', () => {
  it('puts the product first whose channel the brief names', () => {
    expect(ids(ranked(CATALOGUE, { brief: 'Guaranteed connected TV' }, NONE))[0]).toBe('ctv');
    expect(ids(ranked(CATALOGUE, { brief: 'audio spots' }, NONE))[0]).toBe('podcast');
  });
  it('leaves nothing out', () => {
    expect(ids(ranked(CATALOGUE, { brief: 'podcast' }, NONE))).toEqual(['podcast', 'display', 'ctv']);
  });
  it('keeps the catalogue order when nothing matches, and says so', () => {
    const products = ranked(CATALOGUE, { brief: 'xyzzy' }, NONE);
    expect(ids(products)).toEqual(['display', 'ctv', 'podcast']);
    expect(explained(products[0]!, 'xyzzy').brief_relevance).toMatch(/No word of the brief/);
  });
  it('lets no lone word of a description overturn the catalogue order', () => {
    expect(ids(ranked(CATALOGUE, { brief: 'weekly' }, NONE))).toEqual(['display', 'ctv', 'podcast']);
  });
  it('lets only a clearly better match overturn the catalogue order', () => {
    expect(ids(ranked(CATALOGUE, { brief: 'hiking, outdoor, trail talk' }, NONE))).toEqual(['display', 'podcast', 'ctv']);
    expect(ids(ranked(CATALOGUE, { brief: 'hiking, outdoor, trail talk podcast' }, NONE))).toEqual(['podcast', 'display', 'ctv']);
  });
  it('keeps featured products first whatever the words', () => {
    expect(ids(ranked(CATALOGUE, { brief: 'Guaranteed CTV' }, new Set(['podcast'])))).toEqual(['podcast', 'ctv', 'display']);
  });
  it('puts what the brief does not want last', () => {
    expect(ids(ranked(CATALOGUE, { brief: 'outdoor, no display' }, NONE)).at(-1)).toBe('display');
  });
  it('prefers the delivery types that the buyer prefers, in their order', () => {
    expect(ids(ranked(CATALOGUE, { preferred_delivery_types: ['guaranteed'] }, NONE))[0]).toBe('ctv');
  });
  it('explains each product by the words that speak for it', () => {
    expect(explained(display, 'outdoor display').brief_relevance).toBe(
      'The brief names its channel: display; description: outdoor.',
    );
  });
  it('finds the audiences that a product comes with or can be limited to, and its placements', () => {
    const signal = { signal_ref: { scope: 'product', signal_id: 's' }, name: 'Commuters', value_type: 'binary' } as const;
    const product = testProduct('x', { included_signals: [signal], placements: [{ kind: 'seller_inline', placement_id: 'p', mode: 'included', name: 'Masthead' }] });
    expect(explained(product, 'commuters near the masthead').brief_relevance).toBe('The brief names its audience: commuter; placement: masthead.');
  });
  it('explains nothing without a brief', () => {
    expect(explained(display, undefined)).toBe(display);
  });
  it('is the same with an index as without one', async () => {
    const indexed = [...CATALOGUE];
    await indexCatalogue(indexed, () => Promise.resolve());
    fc.assert(fc.property(fc.array(fc.constantFrom('outdoor', 'display', 'no', 'tv', 'guaranteed', 'trail', 'weekly', 'podcast')), fc.boolean(), (words, prefers) => {
      const wish = { brief: words.join(' '), ...(prefers ? { preferred_delivery_types: ['guaranteed' as const] } : {}) };
      expect(ids(ranked(indexed, wish, NONE))).toEqual(ids(ranked(CATALOGUE, wish, NONE)));
    }));
  });
  it('gives every product exactly once, whatever the brief', () => {
    fc.assert(
      fc.property(fc.string(), (brief) => {
        expect(ids(ranked(CATALOGUE, { brief }, NONE)).sort()).toEqual(['ctv', 'display', 'podcast']);
      }),
    );
  });
});
