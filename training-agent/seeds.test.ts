import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openSeeds } from './seeds.ts';

const folder = mkdtempSync(join(tmpdir(), 'adwright-seeds-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('seeds outlive the process, and those after a look are a batch of their own', () => {
  const before = openSeeds(join(folder, 'sandbox'));
  before.putProduct('p', 'a', { name: 'A' });
  before.putPricingOption('p', 'a', { pricing_option_id: 'x', floor_price: 1 });
  before.putFormat('p', 'f', { name: 'F' });
  before.close();

  const after = openSeeds(join(folder, 'sandbox'));
  expect(after.product('p', 'a')).toEqual({ product_id: 'a', batch: 1, fixture: { name: 'A' }, pricing_options: [{ pricing_option_id: 'x', floor_price: 1 }] });
  expect(after.formats('p')).toEqual([{ id: 'f', fixture: { name: 'F' } }]);
  after.endBatch('p');
  after.putProduct('p', 'b', {});
  expect(after.products('p').map(({ product_id, batch }) => [product_id, batch])).toEqual([['b', 2], ['a', 1]]);
  after.close();
});

test('a product known by its pricing alone has no fixture', () => {
  const seeds = openSeeds(':memory:');
  seeds.putPricingOption('p', 'a', { pricing_option_id: 'x' });
  expect(seeds.products('p')).toEqual([{ product_id: 'a', batch: 1, pricing_options: [{ pricing_option_id: 'x' }] }]);
  expect(seeds.product('p', 'none')).toBeUndefined();
  expect(seeds.products('q')).toEqual([]);
  seeds.close();
});
