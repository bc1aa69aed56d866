import { expect, test } from 'vitest';
import { openSchemaTexts, schemaCatalogue } from './schema-catalogue.ts';

const catalogue = () => schemaCatalogue('memory', new Map([
  ['core/money.json', { $id: '/schemas/9.9/core/money.json', type: 'object', properties: { amount: { type: 'number' } }, additionalProperties: false }],
  ['media-buy/get-price-response.json', {
    $id: '/schemas/9.9/media-buy/get-price-response.json', type: 'object', required: ['price'], additionalProperties: false,
    properties: { price: { $ref: '/schemas/9.9/core/money.json' }, floor: { $ref: '../core/money.json' } },
  }],
]));

test('finds a task\'s schema by its name and follows absolute and relative references', () => {
  const ref = catalogue().refOf('get_price', 'response')!;
  expect(ref).toBe('media-buy/get-price-response.json');
  expect(catalogue().idOf(ref)).toBe('/schemas/9.9/media-buy/get-price-response.json');
  expect(catalogue().validate(ref, { price: { amount: 1 }, floor: { amount: 'x' } }).map((issue) => issue.instance_path)).toEqual(['/floor/amount']);
});

test('an open root lets unknown members pass there and nowhere below', () => {
  const ref = 'media-buy/get-price-response.json';
  const document = { price: { amount: 1, more: 1 }, more: 1 };
  expect(catalogue().validate(ref, document).map((issue) => issue.instance_path)).toEqual(['', '/price']);
  expect(catalogue().validate(ref, document, { openRoot: true }).map((issue) => issue.instance_path)).toEqual(['/price']);
});

test('says which schema is missing', () => {
  expect(() => catalogue().validate('core/none.json', {})).toThrow('no schema core/none.json in memory');
});

test('follows a reference to a whole schema and to a part of one', () => {
  const from = 'media-buy/get-price-response.json';
  expect(catalogue().follow('/schemas/9.9/core/money.json', from)).toMatchObject({ ref: 'core/money.json', schema: { type: 'object' } });
  expect(catalogue().follow('../core/money.json#/properties/amount', from)).toEqual({ ref: 'core/money.json', schema: { type: 'number' } });
  expect(catalogue().follow('#/properties/floor', from)).toEqual({ ref: from, schema: { $ref: '../core/money.json' } });
  expect(catalogue().follow('#/properties/none', from)).toBeUndefined();
  expect(catalogue().follow('core/none.json', from)).toBeUndefined();
});

test('a text is read when a document needs it, and once', () => {
  const texts: Readonly<Record<string, string>> = {
    'a.json': '{"$ref":"b.json"}', 'b.json': '{"type":"object","properties":{"n":{"type":"number"}},"additionalProperties":false}', 'c.json': '{ broken',
  };
  const read: string[] = [];
  const lazy = openSchemaTexts('texts', Object.keys(texts), (ref) => {
    read.push(ref);
    return texts[ref]!;
  });
  expect(read).toEqual([]);
  expect(lazy.validate('a.json', { n: 1 })).toEqual([]);
  expect(lazy.validate('a.json', { n: 'x' })).toMatchObject([{ instance_path: '/n', keyword: 'type' }]);
  expect(lazy.validate('b.json', { m: 1 }, { openRoot: true })).toEqual([]);
  expect(read).toEqual(['a.json', 'b.json']);
});

test('does not begin what may take long, and says so', () => {
  const schemas = schemaCatalogue('memory', new Map<string, object>([
    ['tame.json', { properties: { id: { pattern: '^[a-z]+$' }, list: { uniqueItems: true } } }], ['wild.json', { properties: { id: { pattern: '^(a+)+$' } } }],
    ['foreign.json', { nullable: true, type: 'string' }],
  ]));
  expect(schemas.validateAtOnce('tame.json', { id: 'x1' })).toMatchObject([{ instance_path: '/id', keyword: 'pattern' }]);
  expect(schemas.validateAtOnce('tame.json', { list: Array.from({ length: 5000 }, (_, at) => at) })).toBeUndefined();
  expect(schemas.validateAtOnce('wild.json', { id: `${'a'.repeat(60)}!` })).toBeUndefined();
  expect(schemas.validateAtOnce('foreign.json', 'x')).toBeUndefined();
  expect(schemas.validate('wild.json', { id: 'aab' })).toMatchObject([{ keyword: 'pattern' }]);
});
