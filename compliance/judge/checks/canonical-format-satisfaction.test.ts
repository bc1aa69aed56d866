import { expect, test } from 'vitest';
import { checkContext } from '../../../test/support/check-context.ts';
import { canonicalFormatSatisfaction } from './canonical-format-satisfaction.ts';

const agent = 'https://creative.example/';
const fixed = {
  format_kind: 'image', format_option_id: 'mrec', v1_format_ref: [{ agent_url: agent, id: 'display_300x250' }],
  params: { width: 300, height: 250, image_formats: ['jpg', 'png'] },
};
const product = {
  product_id: 'p',
  format_options: [fixed, { format_kind: 'video', format_option_id: 'v', params: { duration_ms_range: [5000, 30000], min_width: 640 } }],
};
const refusal = { outcome: { kind: 'failed', why: 'test' } } as const;

function grade(
  pack: object, expected: boolean, reply: { accepted: boolean; code?: string } = { accepted: expected },
  replies: readonly unknown[] = [{ products: [product] }]
) {
  const data = reply.accepted ? { media_buy_id: 'm' } : { errors: [{ code: reply.code ?? 'FORMAT_MISMATCH' }] };
  return canonicalFormatSatisfaction({ value: expected }, checkContext(data, {
    task: 'create_media_buy', request: { packages: [{ product_id: 'p', ...pack }] }, productReplies: replies,
    ...(reply.accepted ? {} : refusal),
  }));
}

test.each<[string, object]>([
  ['no selector', {}], ['an option by its id', { format_option_refs: [{ format_option_id: 'mrec' }] }],
  ['an older format id of an option', { format_ids: [{ agent_url: 'https://creative.example/mcp', id: 'display_300x250' }] }],
  ['the fixed size, named', { format_kind: 'image', params: { width: 300, height: 250 } }],
  [
    'a part of the list of an option',
    { format_options: [{ format_kind: 'image', params: { width: 300, height: 250, image_formats: ['jpg'] } }] },
  ],
  ['a duration inside the range', { format_option: { format_kind: 'video', params: { duration_ms_exact: 15000, width: 1280 } } }],
])('an accepted buy passes with %s', (_what, pack) => {
  expect(grade(pack, true)).toEqual({ kind: 'passed' });
});

test.each<[string, object]>([
  ['an option that the product lacks', { format_option_refs: [{ format_option_id: 'x' }] }],
  ['a foreign format id', { format_ids: [{ agent_url: agent, id: 'other' }] }],
  ['a size left open where one is fixed', { format_kind: 'image' }],
  ['another size', { format_kind: 'image', params: { width: 728, height: 90 } }],
  ['a file type that is not offered', { format_kind: 'image', params: { width: 300, height: 250, image_formats: ['gif'] } }],
  ['a duration out of range', { format_kind: 'video', params: { duration_ms_exact: 60000 } }],
  ['a width below the least', { format_kind: 'video', params: { duration_ms_exact: 15000, width: 320 } }],
])('a refused buy passes with %s, and an accepted one fails', (_what, pack) => {
  expect(grade(pack, false)).toEqual({ kind: 'passed' });
  expect(grade(pack, false, { accepted: true })).toMatchObject({ kind: 'failed', actual: { accepted: true, local_satisfied: false } });
  expect(grade(pack, true)).toMatchObject({ kind: 'failed', actual: { local_satisfied: false } });
});

test('a refusal for another reason does not pass', () => {
  expect(
    grade({ format_kind: 'image' }, false, { accepted: false, code: 'ACCOUNT_NOT_FOUND' })
  ).toMatchObject({ kind: 'failed', actual: { rejection: { code: 'ACCOUNT_NOT_FOUND' } } });
});

test('takes the product from the latest reply that shows it', () => {
  const older = { products: [{ ...product, format_options: [] }] };
  expect(
    grade(
      { format_option_refs: [{ format_option_id: 'mrec' }] }, true, { accepted: true }, [{ products: [] }, { products: [product] }, older]
    )
  ).toEqual({ kind: 'passed' });
});

test('fails as a fault of the storyboard without a product, without packages, or on another task', () => {
  expect(grade({}, true, { accepted: true }, [])).toMatchObject({
    kind: 'failed', problem: expect.stringContaining('no earlier get_products'),
  });
  expect(
    canonicalFormatSatisfaction({ value: true }, checkContext({}, { task: 'create_media_buy', request: {} }))
  ).toMatchObject({ kind: 'failed' });
  expect(canonicalFormatSatisfaction({ value: true }, checkContext({}))).toMatchObject({
    kind: 'failed', problem: expect.stringContaining('create_media_buy'),
  });
  expect(canonicalFormatSatisfaction({}, checkContext({}, { task: 'create_media_buy' }))).toMatchObject({ kind: 'failed' });
});
