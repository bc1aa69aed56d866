import { expect, test } from 'vitest';
import { hitsAt, parsePath, pointerOf, valueAt } from './path.ts';

const segments = (path: string) => {
  const parsed = parsePath(path);
  if (parsed.kind === 'malformed') throw new Error(parsed.problem);
  return parsed.segments;
};
const document = { a: [{ b: 1 }, { b: null }, {}], 'x-y': { 'p/q': false } };

test('reads members, indexes and the whole', () => {
  expect(valueAt(document, segments('a[0].b'))).toBe(1);
  expect(valueAt(document, segments('a.length'))).toBe(3);
  expect(valueAt(document, segments('x-y.p/q'))).toBe(false);
  expect(valueAt(document, segments(''))).toBe(document);
  expect(valueAt(document, segments('a[7].b'))).toBeUndefined();
});

test('a wildcard collects every place that exists', () => {
  expect(hitsAt(document, segments('a[*].b'))).toEqual([{ pointer: '/a/0/b', value: 1 }, { pointer: '/a/1/b', value: null }]);
  expect(hitsAt(document, segments('a[].b'))).toHaveLength(2);
});

test('a path has at most 1024 characters, and a wildcard collects at most 10,000 places', () => {
  expect(parsePath('a'.repeat(1024)).kind).not.toBe('malformed');
  expect(hitsAt({ a: Array.from({ length: 10_001 }, (_, at) => at) }, segments('a[*]'))).toHaveLength(10_000);
});

test('writes a path as a JSON Pointer', () => {
  expect(pointerOf(segments('x-y.p/q'))).toBe('/x-y/p~1q');
});

test.each([
  ['__proto__.x', 'forbidden key'], ['a.constructor', 'forbidden key'], ['a..b', 'cannot be read'], ['a[x]', 'cannot be read'],
  ['[0', 'cannot be read'], ['a'.repeat(1025), 'longer than 1024'],
])('refuses the path %s', (path, problem) => {
  expect(parsePath(path)).toMatchObject({ kind: 'malformed', problem: expect.stringContaining(problem) });
});

test('sees own members only', () => {
  expect(valueAt({}, segments('toString'))).toBeUndefined();
});
