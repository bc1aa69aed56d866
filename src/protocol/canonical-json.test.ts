import { expect, test } from 'vitest';
import { canonicalHash, canonicalJson } from './canonical-json.ts';

test('orders members by UTF-16 code units and writes numbers as ECMAScript does', () => {
  expect(canonicalJson({ b: 1e21, a: [0.1, -0, 1.0], '\u20ac': 'é', '\r': null })).toBe('{"\\r":null,"a":[0.1,0,1],"b":1e+21,"€":"é"}');
});

test('hashes equal documents alike and different ones apart', () => {
  expect(canonicalHash({ a: 1, b: { c: [1, 2] } })).toBe(canonicalHash({ b: { c: [1, 2] }, a: 1 }));
  expect(canonicalHash({ a: [1, 2] })).not.toBe(canonicalHash({ a: [2, 1] }));
});

test('refuses what is not JSON', () => {
  expect(() => canonicalJson(Number.NaN)).toThrow(/\bnumber|finite|NaN/i);
  expect(() => canonicalJson(undefined)).toThrow(TypeError);
});
