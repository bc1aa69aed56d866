import { describe, expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

const step = (more: string, request = '{ media_buy_ids: [mb], idempotency: "$generate:uuid_v4#a" }'): string => `
- id: show
  task: get_media_buys
  sample_request: ${request}
${more}`;
const both = (a: string, b: string) => ({ 'universal/a.yaml': board(a), 'universal/b.yaml': board(b, '', 'b') });
const status = (value: string): string => `  validations:\n    - check: field_value\n      path: media_buys[0].status\n      value: ${value}`;

describe('the same request in the same state', () => {
  test('that is to succeed and to be refused is wrong', () => {
    const [message] = expectFound('contradiction', both(step(''), step('  «expect_error: true')));
    expect(message).toBe('error: the same request in the same state is to be refused here and to succeed at universal/a.yaml:9:9');
  });

  test('with values or codes that exclude each other is wrong where the check stands', () => {
    expectFound('contradiction', both(step(status('active')), step(status('paused').replace('path', '«path'))));
    const refused = (code: string): string => step(`  expect_error: true\n  validations:\n    - check: error_code\n      value: ${code}`);
    expectFound('contradiction', both(refused('CONFLICT'), refused('BUDGET_TOO_LOW').replace('check: error', '«check: error')));
    const presence = (kind: string): string => step(`  validations:\n    - check: ${kind}\n      path: media_buys`);
    expectFound('contradiction', both(presence('field_present'), presence('field_absent').replace('path', '«path')));
  });

  test('with answers that agree is left alone', () => {
    expectClean('contradiction', both(step(status('active')), step('  validations:\n    - { check: field_value, path: "media_buys[0].status", allowed_values: [active, paused] }')));
  });
});

test('another request, another state, another caller and advice only are left alone', () => {
  expectClean('contradiction', both(step(status('active')), step(status('paused'), '{ media_buy_ids: [other] }')));
  expectClean('contradiction', both(step(status('active')), step('', '{}').replace('show', 'before') + step(status('paused'))));
  expectClean('contradiction', both(step(status('active')), step(`${status('paused')}\n  auth: none`)));
  expectClean('contradiction', both(step(status('active')), step(`${status('paused')}\n      severity: advisory\n      permanent_advisory: { reason: r }`)));
  expectClean('contradiction', {
    'universal/a.yaml': board(step(status('active'))),
    'universal/b.yaml': board(step(status('paused')), 'prerequisites: { controller_seeding: true }\nfixtures: { media_buys: [{ media_buy_id: mb, status: paused }] }\n', 'b'),
  });
});
