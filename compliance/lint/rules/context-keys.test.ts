import { describe, expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

describe('context that nothing fills', () => {
  test('is found in requests, checks, inputs and conditions, with what may have been meant', () => {
    const found = expectFound('unknown_context_key', board(`
- id: show
  task: get_media_buys
  sample_request:
    «media_buy_ids: [$context.media_buy]
    ext: { «deep: $context.none }
  context_inputs:
    - { «key: other, inject_at: ext.other }
  validations:
    - check: field_value
      path: media_buys[0].media_buy_id
      «value: $context.id
    - check: field_equals_context
      path: media_buys[0].revision
      «context_key: revison`, 'context: { revision: 1 }\n')
      .replace('    steps:', '    «skip_if: "!context.condition"\n    steps:').replace('«media_buy_ids: [', 'media_buy_ids: [«'));
    expect(found.at(-1)).toBe('error: nothing captures context.revison');
  });

  test('is found where it is used before it is captured, by the capturing step\'s own checks, too', () => {
    const found = expectFound('unknown_context_key', board(`
- id: show
  task: get_media_buys
  sample_request: {}
  context_outputs:
    - { name: revision, path: "media_buys[0].revision" }
  validations:
    - check: field_equals_context
      path: media_buys[0].revision
      «context_key: revision`));
    expect(found).toEqual(['error: context.revision is captured only by this step or a later one']);
  });
});

test('context is filled by the storyboard, by draws of the step itself, by captures and by what a task leaves behind unasked', () => {
  expectClean('unknown_context_key', board(`
- id: products
  task: get_products
  sample_request: { brief: $context.brief, buying_mode: brief, ext: { run: $context.run } }
  context_outputs:
    - { name: run, generate: uuid_v4 }
    - { key: option, path: "products[0].pricing_options[0].pricing_option_id" }
- id: show
  task: get_media_buys
  sample_request: { ext: { product: $context.product_id, option: $context.option } }
  validations:
    - { check: field_equals_context, path: context, context_key: run }`, 'context: { brief: bikes }\n'));
});
