import { expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

const refused = (checks: string): string => board(`
- id: buy
  task: create_media_buy
  expect_error: true
  validations:
${checks}`);

test('a mistyped code is found, with the one that is meant', () => {
  expect(expectFound('unknown_error_code', refused(`
    - check: error_code
      «value: BUDGET_TO_LOW
    - check: field_value
      path: errors[0].code
      «value: CONFLCT`))).toEqual(['error: AdCP has no error code "BUDGET_TO_LOW"', 'error: AdCP has no error code "CONFLCT"']);
});

test('a code of somebody\'s own is doubtful, and so is any beside a known one', () => {
  const found = expectFound('unknown_error_code', refused(`
    - check: error_code
      «value: MOON_IN_WRONG_PHASE
    - check: error_code
      allowed_values:
        - BUDGET_TOO_LOW
        - «BUDGET_TO_LOW`));
  expect(found.map((message) => message.split(':')[0])).toEqual(['warning', 'warning']);
});

test('codes of AdCP, captured ones, no code at all and values elsewhere are left alone', () => {
  expectClean('unknown_error_code', refused(`
    - { check: error_code, value: BUDGET_TOO_LOW }
    - { check: error_code, value: $context.code }
    - { check: error_code }
    - { check: field_value, path: context.code, value: BUDGET }`).replace('track: core', 'track: core\ncontext: { code: CONFLICT }'));
});

test('the test controller has codes of its own', () => {
  const controlled = (code: string): string => board(`
- id: force
  task: comply_test_controller
  sample_request: {}
  expect_error: true
  validations:
    - check: error_code
      value: ${code}`);
  expectClean('unknown_error_code', controlled('UNKNOWN_SCENARIO'));
  expectFound('unknown_error_code', controlled('UNKNOWN_SCENERY').replace('value: U', '«value: U'));
});
