import { expect, test } from 'vitest';
import { testProduct } from '../../test/support/desk.ts';
import { ALL_FEATURES, type Features } from './features.ts';
import { offeredProduct } from './offered-product.ts';

const product = testProduct('p', {
  metric_optimization: { supported_metrics: ['clicks', 'reach'] }, conversion_tracking: { platform_managed: true }, signal_targeting_allowed: true,
  signal_targeting_rules: { selection_mode: 'optional' },
});

test('a product is offered as it is where everything is switched on', () => {
  expect(offeredProduct(product, ALL_FEATURES)).toEqual(product);
});

test('a product is offered without what is switched off', () => {
  const { conversion_tracking: _off, ...rest } = ALL_FEATURES;
  const off: Features = { ...rest, optimization_metrics: ['clicks'], signals: false };
  expect(offeredProduct(product, off)).toEqual({ ...testProduct('p'), metric_optimization: { supported_metrics: ['clicks'] } });
  expect(offeredProduct(product, { ...off, optimization_metrics: [] })).toEqual(testProduct('p'));
});
