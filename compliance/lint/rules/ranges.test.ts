import { expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

const numbers = (count: string, attempts: string, retries: string, status: string, least: string): string => board(`
- id: fan
  task: get_media_buys
  sample_request: {}
  parallel_dispatch: { ${count} }
  validations:
    - { check: upstream_traffic, ${least} }
- id: trip
  task: expect_rate_limit_not_replayed
  rate_limit_trip: { trip_target_task: get_products, ${attempts} }
- id: retry
  task: expect_webhook_retry_keys_stable
  triggered_by: fan
  retry_trigger: { ${retries}, ${status} }`);

test('numbers that a runner does not take are found where they stand', () => {
  const found = expectFound('out_of_range', numbers('«count: 11', '«max_attempts: 49', '«count: 0', '«http_status: 404', '«min_count: -1'));
  expect(found).toContain('error: retry_trigger.http_status is 404');
  expectFound('out_of_range', numbers('«count: 1', '«max_attempts: 501', '«count: 11', '«http_status: 501', '«min_count: 0.5'));
});

test('bounds themselves are taken', () => {
  expectClean('out_of_range', numbers('count: 2', 'max_attempts: 50', 'count: 1', 'http_status: 429', 'min_count: 0'));
  expectClean('out_of_range', numbers('count: 10', 'max_attempts: 500', 'count: 10', 'http_status: 504', 'min_count: 7'));
});
