import { expect, it } from 'vitest';
import { firstFlaw, flaws } from '../../../test/support/orders.ts';

const inline = { creatives: [{ creative_id: 'c', name: 'C', format_kind: 'image' as const, assets: {} }] };
const assigned = { creative_assignments: [{ creative_id: 'unknown' }] };

it('creatives may come along, and be assigned before they are known', () => {
  expect(flaws({ asked: { ...inline, ...assigned } })).toBeUndefined();
});

it('creatives may not come along where that is switched off', () => {
  expect(firstFlaw({ asked: inline, features: { inline_creatives: false } })).toEqual(['UNSUPPORTED_FEATURE', 'packages[0].creatives']);
});

it('creatives may not be assigned, nor come along, where there is no library', () => {
  const errors = flaws({ asked: { ...inline, ...assigned }, features: { creative_library: false, inline_creatives: false } })!;
  expect(errors.map(({ code, field }) => [code, field])).toEqual([
    ['UNSUPPORTED_FEATURE', 'packages[0].creatives'],
    ['UNSUPPORTED_FEATURE', 'packages[0].creative_assignments'],
  ]);
});
