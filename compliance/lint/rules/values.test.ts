import { expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

const shown = (checks: string): string => board(`
- id: show
  task: get_media_buys
  sample_request: {}
  validations:
${checks}`);

test('a value outside the enum, of another type or out of bounds is found where it stands', () => {
  const found = expectFound('impossible_value', shown(`
    - check: field_value
      path: media_buys[0].status
      «value: pending
    - check: field_value
      path: media_buys[0].revision
      «value: "1"
    - check: field_value
      path: media_buys[0].total_budget
      «value: -1`));
  expect(found[0]).toBe('error: media_buys[0].status is never "pending" in an answer that satisfies the response schema');
});

test('one impossible value among possible ones is doubtful, for it may be another release\'s', () => {
  expect(expectFound('impossible_value', shown(`
    - check: field_value
      path: media_buys[0].status
      allowed_values:
        - active
        - «pending`))[0]).toMatch(/^warning: /);
});

test('possible values, values of the run, unknown places and checks that may find nothing are left alone', () => {
  expectClean('impossible_value', shown(`
    - { check: field_value, path: "media_buys[0].status", allowed_values: [active, paused] }
    - { check: field_value, path: "media_buys[0].revision", value: $context.revision }
    - { check: field_value, path: ext.anything, value: 1 }
    - { check: field_value_or_absent, path: "media_buys[0].status", value: pending }`)
    .replace('track: core\n', 'track: core\ncontext: { revision: 1 }\n'));
});

test('a part of an expected object that cannot be there is found, and an item of a list that cannot be one', () => {
  expect(expectFound('impossible_value', shown(`
    - check: field_contains
      path: media_buys[*]
      «value: { media_buy_id: mb, status: pending }
    - check: field_contains
      path: media_buys
      «value: { media_buy_idd: mb }
    - check: field_contains
      path: media_buys[*].valid_actions[*]
      «value: explode
    - check: field_value
      path: media_buys[0]
      «value: { packages: [{ budget: "much" }] }`))).toEqual([
    'error: media_buys[*].status is never "pending" in an answer that satisfies the response schema',
    'error: media_buys[*].media_buy_idd is never "mb" in an answer that satisfies the response schema',
    'error: media_buys[*].valid_actions[*] is never "explode" in an answer that satisfies the response schema',
    'error: media_buys[0].packages[0].budget is never "much" in an answer that satisfies the response schema',
  ]);
  expectClean('impossible_value', shown(`
    - { check: field_contains, path: "media_buys[*]", value: { media_buy_id: $context.buy, status: active, ext: { any: thing } } }
    - { check: field_contains, path: media_buys, value: { status: active } }
    - { check: field_contains, path: "media_buys[0].valid_actions", value: pause }`).replace('track: core\n', 'track: core\ncontext: { buy: mb }\n'));
});
