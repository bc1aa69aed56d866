import { expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

const advisory = (end: string): string => board(`
- id: show
  task: get_media_buys
  sample_request: {}
  validations:
    - check: response_schema
      severity: advisory
      ${end}`);

test('an advisory whose version has come is doubtful', () => {
  expect(expectFound('expired_advisory', advisory('«expires_after_version: "3.1.0"'))[0]).toMatch(/^warning: the check has been required since 3\.1\.0/);
});

test('one that ends later, or never, is left alone', () => {
  expectClean('expired_advisory', advisory('expires_after_version: "99.0.0"'));
  expectClean('expired_advisory', advisory('permanent_advisory: { reason: it is only good manners }'));
});
