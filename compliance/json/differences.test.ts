import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differences } from './differences.ts';
import { jsonEquals } from './equality.ts';

test('names changed, missing and extra members by their pointers', () => {
  expect(differences({ a: 1, b: { 'x/y': 2, '~': 3 }, c: 0 }, { a: 1, b: { 'x/y': 4 }, d: null })).toEqual([
    { kind: 'changed', at: '/b/x~1y', expected: 2, actual: 4 }, { kind: 'missing', at: '/b/~0', expected: 3 },
    { kind: 'missing', at: '/c', expected: 0 }, { kind: 'extra', at: '/d', actual: null },
  ]);
});

test('takes one item more or less as one difference, wherever it stands', () => {
  expect(differences([1, 2, 3, 4], [1, 3, 4])).toEqual([{ kind: 'missing', at: '/1', expected: 2 }]);
  expect(differences([1, 3], [0, 1, 3])).toEqual([{ kind: 'extra', at: '/0', actual: 0 }]);
  expect(differences([{ a: 1 }, { b: 2 }], [{ a: 1 }, { b: 3 }])).toEqual([{ kind: 'changed', at: '/1/b', expected: 2, actual: 3 }]);
});

test('holds values of different kinds against each other as wholes', () => {
  expect(differences({ a: [] }, { a: {} })).toEqual([{ kind: 'changed', at: '/a', expected: [], actual: {} }]);
  expect(differences('1', 1)).toEqual([{ kind: 'changed', at: '', expected: '1', actual: 1 }]);
});

test('finds nothing exactly in equal documents', () => {
  fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
    expect(differences(a, structuredClone(a))).toEqual([]);
    expect(differences(a, b).length === 0).toBe(jsonEquals(a, b));
  }));
});
