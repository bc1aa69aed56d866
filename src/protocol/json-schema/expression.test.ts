import { expect, test } from 'vitest';
import { Findings, TooMuch } from './check.ts';
import { degreeOf, Expression } from './expression.ts';

test.for([
  ['^[A-Z]{3}$', 0], ['^https://', 0], ['^[a-z0-9_-]+$', 1], ['[a-z]+', 2], ['^\\d+\\.\\d+(-[a-z.]+)?$', 4], ['^[a-z]{2,5}$', 1], ['^(a|b)x$', 1],
  ['^[*+?]\\*$', 0], ['^(ab)*$', 1], ['^\\p{L}+$', 1], ['^(?:ab){3}$', 0], ['^(?!x)a*$', 1],
] as const)('looking for %s takes the %i-th power of a text', ([source, degree]) => expect(degreeOf(source)).toBe(degree));

test.for(['^(a+)+$', '^(a|a)*$', '^(a?){20}$', '(x)\\1', '^(?<n>x)\\k<n>$', '^(\\.[a-z]([a-z-]*[a-z])?)*$', '^((a|b)c)*$', '^((ab)*)*$'])(
  'looking for %s may double with every character', (source) => expect(degreeOf(source)).toBe(Infinity));

test('is not looked for when that may take more than is left, and is when it may take as long as it likes', () => {
  const greedy = new Expression('^(a+)+$');
  expect(() => greedy.test('aaaa', new Findings(1e9))).toThrow(TooMuch);
  expect(greedy.test('aaaa', new Findings())).toBe(true);
  expect(greedy.test('aaaa', new Findings(0))).toBe(true);
  const findings = new Findings(1000);
  expect(new Expression('^[a-z]+$').test('abc', findings)).toBe(true);
  expect(() => new Expression('^[a-z]+$').test('a'.repeat(1000), findings)).toThrow(TooMuch);
});
