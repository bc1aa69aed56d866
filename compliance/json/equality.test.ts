import { expect, test } from 'vitest';
import { jsonContains, jsonEquals } from './equality.ts';

test('equal documents may order their members differently, unequal ones differ in type or depth', () => {
  expect(jsonEquals({ a: [1, { b: null }], c: 2 }, { c: 2, a: [1, { b: null }] })).toBe(true);
  expect(jsonEquals({ a: 1 }, { a: '1' })).toBe(false);
  expect(jsonEquals([1, 2], [2, 1])).toBe(false);
  expect(jsonEquals({ a: undefined }, {})).toBe(false);
  expect(jsonEquals(null, {})).toBe(false);
});

test('a document contains what is named, at every depth', () => {
  expect(jsonContains({ a: { b: 1, c: 2 }, d: 3 }, { a: { b: 1 } })).toBe(true);
  expect(jsonContains({ a: { b: 1 } }, { a: { b: 2 } })).toBe(false);
  expect(jsonContains([1, 2, 3], [3, 1])).toBe(true);
  expect(jsonContains([], [])).toBe(true);
  expect(jsonContains([1], [])).toBe(false);
});

test('each expected item needs an item of its own', () => {
  expect(jsonContains([{ a: 1, b: 2 }, { a: 1 }], [{ a: 1 }, { a: 1, b: 2 }])).toBe(true);
  expect(jsonContains([{ a: 1, b: 2 }], [{ a: 1 }, { b: 2 }])).toBe(false);
});
