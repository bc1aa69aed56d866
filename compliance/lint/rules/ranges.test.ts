import { expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

const numbers = (count: string, attempts: string, wait: string, least: string): string => board(`
- id: fan
  task: get_media_buys
  sample_request: {}
  parallel_dispatch: { ${count} }
  validations:
    - { check: upstream_traffic, ${least} }
- id: trip
  task: expect_rate_limit_not_replayed
  rate_limit_trip: { trip_target_task: get_products, ${attempts} }
- id: hook
  task: expect_webhook
  triggered_by: fan
  ${wait}`);

test('numbers that a runner does not take are found where they stand', () => {
  const found = expectFound('out_of_range', numbers('«count: 11', '«max_attempts: 49', '«timeout_seconds: 0', '«min_count: -1'));
  expect(found).toContain('error: parallel_dispatch.count is 11');
  expectFound('out_of_range', numbers('«count: 1', '«max_attempts: 501', '«timeout_seconds: 301', '«min_count: 0.5'));
});

test('bounds themselves are taken', () => {
  expectClean('out_of_range', numbers('count: 2', 'max_attempts: 50', 'timeout_seconds: 1', 'min_count: 0'));
  expectClean('out_of_range', numbers('count: 10', 'max_attempts: 500', 'timeout_seconds: 300', 'min_count: 7'));
});
