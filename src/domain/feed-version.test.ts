import { expect, test } from 'vitest';
import { feedVersion } from './feed-version.ts';

const a = { product_id: 'a', price: 1 };
const b = { product_id: 'b', price: 2 };

test('equal documents have one version, whatever the order of their members', () => {
  expect(feedVersion([a, b])).toBe(feedVersion([{ price: 1, product_id: 'a' }, { price: 2, product_id: 'b' }]));
});

test('a changed, a missing, a new and a moved document are new versions', () => {
  const versions = [[a, b], [a, { ...b, price: 3 }], [a], [a, b, { product_id: 'c' }], [b, a], []].map(feedVersion);
  expect(new Set(versions).size).toBe(versions.length);
});
