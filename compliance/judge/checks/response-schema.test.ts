import { expect, test } from 'vitest';
import { schemaCatalogue } from '../../../src/protocol/schema-catalogue.ts';
import { checkContext } from '../../../test/support/check-context.ts';
import type { CheckContext } from './check.ts';
import { responseSchema } from './response-schema.ts';

const status = { type: 'string', enum: ['completed', 'failed', 'submitted'] };
const schemas = schemaCatalogue('test', new Map<string, object>([
  ['media-buy/get-products-response.json', {
    type: 'object', required: ['status', 'products'], additionalProperties: false,
    properties: {
      status,
      products: {
        type: 'array',
        items: { type: 'object', required: ['product_id'], additionalProperties: false, properties: { product_id: { type: 'string' } } },
      },
    },
  }],
  [
    'media-buy/get-products-async-response-submitted.json',
    { type: 'object', required: ['task_id'], properties: { task_id: { type: 'string' } } },
  ],
  ['media-buy/create-media-buy-response.json', {
    type: 'object', required: ['status', 'media_buy_status'], properties: {
      status, media_buy_status: { type: 'string', enum: ['active', 'canceled'] },
    },
  }],
  ['media-buy/broken-response.json', { $ref: '../core/none.json' }],
]));
const grade = (data: unknown, more: Partial<CheckContext> = {}) =>
  responseSchema({ check: 'response_schema' }, checkContext(data, { schemas, ...more }));

test('passes a payload that satisfies the schema of its task, unknown members at the root allowed', () => {
  expect(grade({ status: 'completed', products: [], more: 1 })).toMatchObject({
    kind: 'passed',
    schema: {
      schema_id: '/schemas/3.1.19/media-buy/get-products-response.json',
      schema_url: 'https://adcontextprotocol.org/schemas/3.1.19/media-buy/get-products-response.json',
    },
  });
});

test('fails with every issue and its place; members below the root that the schema closes are issues', () => {
  const finding = grade({ status: 'completed', products: [{ product_id: 1, more: 1 }] });
  expect(finding).toMatchObject({
    kind: 'failed', json_pointer: expect.stringMatching(/^\/products\/0/), expected: '/schemas/3.1.19/media-buy/get-products-response.json',
  });
  expect(finding).toMatchObject({
    actual: expect.arrayContaining([
      expect.objectContaining({ instance_path: '/products/0/product_id', keyword: 'type' }),
      expect.objectContaining({ keyword: 'additionalProperties' }),
    ]),
  });
});

test('names the schema that the author refers to, and grades by the task', () => {
  expect(
    grade({ status: 'completed', products: [] }, { responseSchemaRef: 'media-buy/other.json' })
  ).toMatchObject({ kind: 'passed', schema: { schema_id: '/schemas/3.1.19/media-buy/other.json' } });
});

test('schemas that belong to no release have their own ids and no address', () => {
  const { release: _, ...context } = checkContext({ status: 'completed', products: [] }, { schemas });
  expect(responseSchema({}, context)).toMatchObject({ schema: { schema_id: 'media-buy/get-products-response.json', schema_url: null } });
});

test('grades an asynchronous answer against its variant, and against the synchronous schema when there is none', () => {
  expect(grade({ status: 'submitted', task_id: 't' })).toMatchObject({ kind: 'passed' });
  expect(grade({ status: 'submitted' })).toMatchObject({ kind: 'failed', actual: [expect.objectContaining({ keyword: 'required' })] });
  expect(grade({ status: 'working', products: [] })).toMatchObject({ kind: 'failed', observations: [expect.stringContaining('working')] });
});

test('forgives a missing status to a seller that speaks no release or 3.0, and to no other', () => {
  expect(grade({ products: [] })).toMatchObject({ kind: 'passed' });
  expect(grade({ products: [], adcp_version: '3.0.6' })).toMatchObject({ kind: 'passed' });
  expect(grade({ products: [], adcp_major_version: 3 })).toMatchObject({ kind: 'passed' });
  expect(grade({ products: [], adcp_version: '3.1' })).toMatchObject({ kind: 'failed' });
});

test('sees the status of a buy that stands in the older place', () => {
  const task = { task: 'create_media_buy' };
  expect(grade({ status: 'active', media_buy_id: 'm' }, task)).toMatchObject({ kind: 'passed' });
  expect(grade({ status: 'canceled', media_buy_id: 'm' }, task)).toMatchObject({ kind: 'passed' });
  expect(grade({ status: 'completed', media_buy_id: 'm' }, task)).toMatchObject({ kind: 'failed' });
});

test('a task without a schema, and a schema that does not compile, fail and say why', () => {
  expect(grade({}, { task: 'no_such_task' })).toMatchObject({
    kind: 'failed', actual: { reason: 'no_schema_registered', task: 'no_such_task' },
  });
  expect(responseSchema({}, checkContext({}))).toMatchObject({ kind: 'failed', actual: { reason: 'no_schema_registered' } });
  const nothing = schemaCatalogue('none', new Map<string, object>([['x/odd-response.json', []]]));
  for (const finding of [grade({}, { task: 'broken' }), grade({}, { task: 'odd', schemas: nothing })])
    expect(finding).toMatchObject({ kind: 'failed', actual: { reason: 'schema_unusable' }, schema: { schema_id: expect.any(String) } });
});

test('a schema whose pattern would not end over a payload fails, in bounded time', () => {
  const slow = schemaCatalogue('slow', new Map<string, object>([['x/slow-response.json', { properties: { id: { pattern: '^(a+)+$' } } }]]));
  expect(grade({ id: `${'a'.repeat(80)}b` }, { task: 'slow', schemas: slow, maxGradingMs: 50 })).toMatchObject({
    kind: 'failed', problem: expect.stringContaining('too long'), actual: { message: 'stopped after 50 ms' },
  });
});
