import { expect, test } from 'vitest';
import { matchesGlob } from './glob.ts';

test.each([
  ['POST *', 'POST https://x.example/a'], ['*', ''], ['**', 'ab'], ['a*c', 'ac'], ['a*b*c', 'a-b-b-c'], ['*.example/*', 'POST https://x.example/v1'],
  ['same', 'same'], ['a*\n*', 'a\n'],
])('%j matches %j', (pattern, text) => {
  expect(matchesGlob(pattern, text)).toBe(true);
});

test.each([
  ['POST *', 'GET https://x.example/a'], ['a*a', 'a'], ['a*b*c', 'a-c'], ['same', 'same as'], ['x.example', 'xyexample'], ['a*bc*bc', 'a-bc'],
])('%j does not match %j', (pattern, text) => {
  expect(matchesGlob(pattern, text)).toBe(false);
});

test('many stars over a long text are no trouble', () => {
  expect(matchesGlob(`${'*a'.repeat(2000)}b`, 'a'.repeat(100_000))).toBe(false);
});
