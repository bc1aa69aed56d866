import { expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

const step = (more: string, checks = ''): string => board(`
- id: show
  task: get_media_buys
  sample_request: {}
${more}  validations:
    - { check: response_schema }
${checks}`);

test('what a kind of check does not read is doubtful', () => {
  expect(expectFound('idle_member', step('', `
    - check: field_present
      path: media_buys
      «value: []
    - check: error_code
      «path: errors[0].code
      value: CONFLICT
    - check: field_contains
      path: media_buys[*].status
      «pattern: act`))).toEqual([
    'warning: field_present does not look at "value"', 'warning: error_code does not look at "path"',
    'warning: field_contains does not look at "pattern"',
  ]);
});

test('what belongs to another task is doubtful', () => {
  expectFound('idle_member', step('  «timeout_seconds: 5\n  «triggered_by: show\n  «task_default: get_products\n  «vector_ref: a.json\n  «source: html_inline\n'));
  expectFound('idle_member', step('  «contributes_if: prior_step.show.passed\n'));
});

test('what is read where it stands is left alone', () => {
  expectClean('idle_member', step('', `
    - { check: field_value, path: media_buys, allowed_values: [[]], id: a, severity: required, remediation: r }
    - { check: field_less_than, path: media_buys, value: 3 }
    - { check: upstream_traffic, min_count: 0 }
- id: hook
  task: expect_webhook
  triggered_by: show
  timeout_seconds: 5
  filter: { body: { a: b } }`));
});
