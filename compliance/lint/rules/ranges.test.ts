import { expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

const numbers = (count: string, attempts: string, least: string): string => board(`
- id: fan
  task: get_media_buys
  sample_request: {}
  parallel_dispatch: { ${count} }
  validations:
    - { check: upstream_traffic, ${least} }
- id: trip
  task: expect_rate_limit_not_replayed
  rate_limit_trip: { trip_target_task: get_products, ${attempts} }`);

test('numbers that a runner does not take are found where they stand', () => {
  const found = expectFound('out_of_range', numbers('«count: 11', '«max_attempts: 49', '«min_count: -1'));
  expect(found).toContain('error: rate_limit_trip.max_attempts is 49');
  expectFound('out_of_range', numbers('«count: 1', '«max_attempts: 501', '«min_count: 0.5'));
});

test('bounds themselves are taken', () => {
  expectClean('out_of_range', numbers('count: 2', 'max_attempts: 50', 'min_count: 0'));
  expectClean('out_of_range', numbers('count: 10', 'max_attempts: 500', 'min_count: 7'));
});
