import { describe, expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

/** A step that shows media buys, with more members and with checks. */
const shown = (checks: string, more = ''): string => board(`
- id: show
  task: get_media_buys
  sample_request: {}
${more}  validations:
${checks}`);

describe('a place that no answer has', () => {
  test('is found where the path of a check stands, with what may have been meant', () => {
    const [message] = expectFound('unknown_path', shown(`
    - check: field_present
      «path: media_buys[0].media_buy_idd
    - check: field_value
      path: media_buys[0].revision
      value: 1`));
    expect(message).toBe('error: no answer has "media_buy_idd" in "media_buys[0].media_buy_idd": the check fails always');
  });

  test('is found below what holds no members, and where a list is taken from what is none', () => {
    expectFound('unknown_path', shown(`
    - check: field_present
      «path: media_buys[0].revision.number
    - check: field_contains
      «path: media_buys[0].revision[*]
      value: 1`));
  });

  test('is found in a capture', () => {
    const found = expectFound('unknown_path', shown('    - { check: response_schema }', `  context_outputs:
    - name: buy
      «path: media_buys[0].id
`));
    expect(found).toEqual(['error: no answer has "id" in "media_buys[0].id": there is nothing to capture']);
  });

  test('is doubtful only for a check that wants nothing there, and only when it looks mistyped', () => {
    const found = expectFound('unknown_path', shown(`
    - check: field_absent
      «path: media_buys[0].pakages
    - check: field_absent
      path: media_buys[0].seller_secret`));
    expect(found[0]).toMatch(/^warning: /);
  });

  test('is none in the envelope, in errors, in open objects, in another arm, by an index written with a dot', () => {
    expectClean('unknown_path', board(`
- id: buy
  task: create_media_buy
  sample_request: {}
  expect_error: true
  validations:
    - { check: field_present, path: errors.0.field }
    - { check: field_present, path: adcp_error.code }
    - { check: field_present, path: task_id }
    - { check: field_present, path: "packages[0].package_id" }
    - { check: field_present, path: context.correlation_id }
    - { check: field_present, path: ext.anything.at.all }
    - { check: field_value_or_absent, path: "", value: 1 }`));
  });

  test('is not told of a task without a schema, nor of a probe', () => {
    expectClean('unknown_path', board(`
- id: si
  task: si_get_offering
  sample_request: {}
  validations:
    - { check: field_present, path: anything }
- id: meta
  task: protected_resource_metadata
  validations:
    - { check: field_present, path: anything }`));
  });
});

describe('an expected arm', () => {
  const armed = (arm: string): string => shown('    - { check: field_present, path: media_buys }', `  ${arm}\n`);

  test('that the response lacks is found', () => {
    expectFound('unknown_arm', armed('«expected_arm: acknowledged'));
    expectClean('unknown_arm', armed(''));
  });

  test('narrows where its checks may look', () => {
    const submitted = board(`
- id: buy
  task: create_media_buy
  sample_request: {}
  expect_error: true
  expected_arm: submitted
  validations:
    - { check: field_present, path: task_id }
    - { check: field_present, «path: "packages[0].package_id" }`);
    expectFound('unknown_path', submitted);
  });
});
