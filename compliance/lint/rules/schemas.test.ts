import { expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

const step = (references: string): string => board(`
- id: show
  task: get_media_buys
  sample_request: {}
${references}`);

test('a reference that leads nowhere, or to another task\'s schema, is doubtful where the task has one', () => {
  expect(expectFound('unknown_schema', step('  «schema_ref: media-buy/get-media-buy-request.json\n  «response_schema_ref: media-buy/get-products-response.json'))).toEqual([
    'warning: the bundle has no schema "media-buy/get-media-buy-request.json"',
    'warning: "media-buy/get-products-response.json" is not the response schema of get_media_buys',
  ]);
});

test('a payload of a webhook without a schema is wrong', () => {
  const found = expectFound('unknown_schema', board('- id: hook\n  task: expect_webhook\n  «webhook_payload_schema_ref: core/hook.json'));
  expect(found[0]).toMatch(/^error: /);
});

test('the task\'s own schemas, its asynchronous answers, the kit\'s and those of unknown tasks are left alone', () => {
  for (const references of [
    '  schema_ref: media-buy/get-media-buys-request.json\n  response_schema_ref: media-buy/get-media-buys-response.json', '  schema_ref: $test_kit.schemas.request',
  ]) expectClean('unknown_schema', step(references));
  expectClean('unknown_schema', board(`
- id: products
  task: get_products
  sample_request: { buying_mode: wholesale }
  response_schema_ref: media-buy/get-products-async-response-submitted.json
- id: si
  task: si_get_offering
  schema_ref: sponsored-intelligence/si-get-offering-request.json`));
});
