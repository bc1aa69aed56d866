import { describe, expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

const ACCOUNT = 'account: { account_id: a }';

const synced = (request: string, more = ''): string => board(`
- id: sync
  task: sync_audiences
${more}  sample_request:
    ${ACCOUNT}
${request}`);

describe('a request that its schema refuses', () => {
  test('is found at the member that is wrong, or at the map that lacks one', () => {
    const found = expectFound('invalid_request', synced(`    audiences:
      - «audience_id: 7
      - «name: Riders`));
    expect(found).toEqual([
      'error: the request does not satisfy media-buy/sync-audiences-request.json: /audiences/0/audience_id must be string',
      'error: the request does not satisfy media-buy/sync-audiences-request.json: /audiences/1 must have required property \'audience_id\'',
    ]);
  });

  test('is found when a refusal is expected of a well-formed one', () => {
    expectFound('invalid_request', synced('    audiences: [{ «audience_id: 7 }]', '  expect_error: true\n  negative_path: payload_well_formed\n'));
  });

  test('may be one on purpose', () => {
    for (const mark of ['  sample_request_skip_schema: true\n', '  expect_error: true\n', '  expect_error: true\n  negative_path: schema_invalid\n'])
      expectClean('invalid_request', synced('    audiences: [{ audience_id: 7 }]', mark));
  });

  test('is not one for what the judge or the run fills in', () => {
    expectClean('invalid_request', board(`
- id: sync
  task: sync_audiences
  sample_request:
    account: $context.account
    audiences:
      - { audience_id: "$generate:uuid_v4#a", add: $context.members }`, 'context: { account: {}, members: [] }\n'));
  });

  test('is not looked for without a schema', () => {
    expectClean('invalid_request', board('- id: si\n  task: si_get_offering\n  sample_request: { nonsense: true }'));
  });
});

describe('a request that should be malformed', () => {
  const malformed = '  expect_error: true\n  negative_path: schema_invalid\n';

  test('and is not is found', () => {
    const text = synced('    audiences: [{ audience_id: a }]', malformed).replace('sample_request:', '«sample_request:');
    expect(expectFound('valid_request', text)[0]).toMatch(/^warning: /);
  });

  test('and is, or lacks its key on purpose, is left alone', () => {
    expectClean('valid_request', synced('    audiences: [{ audience_id: 7 }]', malformed));
    expectClean('valid_request', synced('    audiences: [{ audience_id: a }]', `${malformed}  omit_idempotency_key: true\n`));
  });
});
