import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { testProduct } from '../../test/support/desk.ts';
import { plainlyFits } from './plainly-fits.ts';
import { checkShape } from './request-check.ts';
import { Product } from './wire/core/product.ts';

const product = testProduct('display_auction');

test.each<[string, unknown]>([
  ['a product', product], ['a product without a name', { ...product, name: undefined }], ['a number for a name', { ...product, name: 7 }],
  ['a price below nothing', { ...product, pricing_options: [{ ...product.pricing_options[0]!, floor_price: -1 }] }], ['a text', 'display'], ['nothing', undefined],
])('says of %s what the compiled check says', (_what, document) => {
  const plain: unknown = document === undefined ? undefined : JSON.parse(JSON.stringify(document));
  expect(plainlyFits(Product, plain)).toBe(checkShape(Product, plain) === undefined);
});

test('leaves it to the compiled check what is a moment', () => {
  const At = Type.Object({ at: Type.String({ format: 'date-time' }) });
  const verdicts = (at: string) => [plainlyFits(At, { at }), checkShape(At, { at }) === undefined];
  expect(verdicts('2026-11-20T12:00:00Z')).toEqual([true, true]);
  // A leap second is RFC 3339, and no moment that can be reckoned with.
  expect(verdicts('2016-12-31T23:59:60Z')).toEqual([false, false]);
  expect(verdicts('2028-02-29T12:00:00Z')).toEqual([false, true]);
});
