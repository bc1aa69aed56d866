import { describe, expect, it } from 'vitest';
import { packageRecord } from '../../test/support/media-buys.ts';
import { creativeRecord } from '../../test/support/library-records.ts';
import type { CreativeStatus } from './creative.ts';
import { assignedCreatives, isCovered } from './coverage.ts';

const assigned = (...ids: string[]) => packageRecord({ creative_assignments: ids.map((creative_id) => ({ creative_id })) });

const library = (...ids: string[]) => new Map(ids.map((id) => [id, creativeRecord(id)]));
const one = (status: CreativeStatus) => new Map([['known', creativeRecord('known', { status })]]);

describe('coverage', () => {
  it('needs one creative that the library holds', () => {
    expect(isCovered([packageRecord(), assigned('unknown')], library('other'))).toBe(false);
    expect(isCovered([packageRecord(), assigned('unknown', 'known')], library('known'))).toBe(true);
  });
  it('is given by a catalogue to make ads from', () => {
    expect(isCovered([packageRecord({ catalogs: [{ type: 'product', catalog_id: 'shop' }] })], library())).toBe(true);
  });
  it('is not given by a canceled package', () => {
    const gone = packageRecord({ canceled: true, creative_assignments: [{ creative_id: 'known' }] });
    expect(isCovered([gone], library('known'))).toBe(false);
  });
  it('needs approval where people look at creatives, and only there', () => {
    expect([isCovered([assigned('known')], one('pending_review')), isCovered([assigned('known')], one('pending_review'), 'all')]).toEqual([true, false]);
    expect(isCovered([assigned('known')], one('approved'), 'all')).toBe(true);
    const { product_id } = assigned('known').package;
    expect(isCovered([assigned('known')], one('approved'), { products: [product_id!] })).toBe(false);
    expect(isCovered([assigned('known')], one('approved'), { products: ['another'] })).toBe(true);
  });
  it('names every assigned creative once', () => {
    expect(assignedCreatives([assigned('a', 'b'), assigned('b')])).toEqual(['a', 'b']);
  });
});
