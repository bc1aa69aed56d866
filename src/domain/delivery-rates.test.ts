import { expect, test } from 'vitest';
import type { Figures } from './delivery-figures.ts';
import { measured } from './delivery-rates.ts';

const NONE: Figures = { impressions: 0, clicks: 0, views: 0, completed_views: 0, conversions: 0, spend: 0, conversion_value: 0 };

test('a rate over nothing is no member at all, but for the completion rate of nothing shown', () => {
  const row = measured(NONE, new Set(['clicks', 'views', 'completed_views', 'conversions', 'conversion_value']), 'USD');
  expect(Object.entries(row)).toEqual([
    ['impressions', 0], ['spend', 0], ['clicks', 0], ['views', 0], ['completed_views', 0], ['completion_rate', null], ['conversions', 0], ['conversion_value', 0],
  ]);
});

test('rates follow from the numbers beside them', () => {
  const row = measured({ ...NONE, impressions: 2000, clicks: 40, conversions: 4, spend: 1000, conversion_value: 2500 }, new Set(['clicks', 'conversions', 'conversion_value']), 'USD');
  expect(row).toStrictEqual({
    impressions: 2000, spend: 10, cpm: 5, clicks: 40, ctr: 0.02, cost_per_click: 0.25, conversions: 4, cost_per_acquisition: 2.5, conversion_value: 25, roas: 2.5,
  });
});
