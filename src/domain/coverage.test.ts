import { describe, expect, it } from 'vitest';
import { packageRecord } from '../../test/support/media-buys.ts';
import { assignedCreatives, isCovered } from './coverage.ts';

const assigned = (...ids: string[]) => packageRecord({ creative_assignments: ids.map((creative_id) => ({ creative_id })) });

describe('coverage', () => {
  it('needs one creative that the library holds', () => {
    expect(isCovered([packageRecord(), assigned('unknown')], new Set(['other']))).toBe(false);
    expect(isCovered([packageRecord(), assigned('unknown', 'known')], new Set(['known']))).toBe(true);
  });
  it('is given by a catalogue to make ads from', () => {
    expect(isCovered([packageRecord({ catalogs: [{ type: 'product', catalog_id: 'shop' }] })], new Set())).toBe(true);
  });
  it('is not given by a canceled package', () => {
    const gone = packageRecord({ canceled: true, creative_assignments: [{ creative_id: 'known' }] });
    expect(isCovered([gone], new Set(['known']))).toBe(false);
  });
  it('names every assigned creative once', () => {
    expect(assignedCreatives([assigned('a', 'b'), assigned('b')])).toEqual(['a', 'b']);
  });
});
