import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testProduct } from '../../test/support/desk.ts';
import { ranked } from './product-ranking.ts';

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
    expect(products[0]!.brief_relevance).toMatch(/No word of the brief/);
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
    expect(ranked(CATALOGUE, { brief: 'outdoor display' }, NONE)[0]!.brief_relevance).toBe(
      'The brief names its channel: display; description: outdoor.',
    );
  });
  it('explains nothing without a brief', () => {
    expect(ranked(CATALOGUE, {}, NONE)[0]).not.toHaveProperty('brief_relevance');
  });
  it('gives every product exactly once, whatever the brief', () => {
    fc.assert(
      fc.property(fc.string(), (brief) => {
        expect(ids(ranked(CATALOGUE, { brief }, NONE)).sort()).toEqual(['ctv', 'display', 'podcast']);
      }),
    );
  });
});
