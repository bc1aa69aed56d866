import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Acceptance } from './acceptance.ts';

const money = { type: 'object', properties: { amount: { type: 'number', minimum: 0 }, currency: { type: 'string', pattern: '^[A-Z]{3}$' } }, required: ['amount', 'currency'] };
const line = { type: 'object', properties: { id: { type: 'string', minLength: 1 }, budget: money, cap: money }, required: ['id', 'budget'] };
const order = { type: 'object', properties: { lines: { type: 'array', items: line, minItems: 1 }, fee: money }, anyOf: [{ required: ['lines'] }, { required: ['fee'] }] };
const change = { type: 'object', properties: { line: { anyOf: [line, { type: 'null' }] }, note: { not: money } }, required: ['line'] };
const SHAPES = [order, change];

const plain = new Ajv();
const shared = new Acceptance(new Ajv({ inlineRefs: false }), SHAPES);

const anyMoney = fc.record({ amount: fc.constantFrom(1, -1, '1'), currency: fc.constantFrom('USD', 'usd') }, { requiredKeys: [] });
const anyLine = fc.record({ id: fc.constantFrom('a', ''), budget: anyMoney, cap: anyMoney }, { requiredKeys: [] });
const anyDocument = fc.oneof(
  fc.record({ lines: fc.array(anyLine, { maxLength: 2 }), fee: anyMoney }, { requiredKeys: [] }),
  fc.record({ line: fc.oneof(anyLine, fc.constant(null)), note: fc.oneof(anyMoney, fc.constant('x')) }, { requiredKeys: [] }),
  fc.constantFrom(null, [], 'x', {}),
);

describe('acceptance', () => {
  test.each(SHAPES)('says of any document what a validator without shared parts says', (shape) => {
    const verdicts = new Set<boolean>();
    fc.assert(fc.property(anyDocument, (document) => {
      const accepted = plain.validate(shape, document);
      verdicts.add(accepted);
      expect(shared.accepts(shape, document)).toBe(accepted);
    }), { numRuns: 500, seed: 7 });
    expect(verdicts.size).toBe(2);
  });

  test('compiles a part once, in however many places it stands', () => {
    const ajv = new Ajv({ inlineRefs: false });
    const acceptance = new Acceptance(ajv, SHAPES);
    for (const shape of SHAPES) acceptance.validatorOf(shape);
    expect(Object.keys(ajv.schemas).filter((name) => name.startsWith('part-'))).toHaveLength(2);
  });

  test('takes shapes that it was not told of', () => {
    expect([{ note: money }, { note: 1 }].map((document) => shared.accepts({ type: 'object', properties: { note: { type: 'object' } } }, document))).toEqual([true, false]);
  });
});
