import { expect, test } from 'vitest';
import { fitsPattern } from './endpoint-pattern.ts';

const CALL = 'POST https://ads.example/v1/a?b=[c]*';

test.each([
  ['POST *', true], ['*', true], ['**', true], [CALL, true], ['*/v1/*', true], ['POST */a*', true], ['POST https://ads.example/v1/a?b=[c]*', true],
  ['post *', false], ['/v1/', false], ['POST https://ads.example/v1/', false], ['GET *', false], ['POST *v1', false], ['*ads*v1*ads*', false], ['', false],
  ['POST https://ads.example/v1/a.b=[c]*', false],
])('"%s" fits: %s', (pattern, fits) => expect(fitsPattern(pattern, CALL)).toBe(fits));

test('a beginning and an end do not share characters', () => {
  expect(fitsPattern('ab*ba', 'aba')).toBe(false);
  expect(fitsPattern('ab*ba', 'abba')).toBe(true);
  expect(fitsPattern('a*a*a', 'aa')).toBe(false);
});

test('many stars over a long text take no time', () => {
  const from = performance.now();
  expect(fitsPattern(`${'*a'.repeat(2_000)}b`, 'a'.repeat(100_000))).toBe(false);
  expect(performance.now() - from).toBeLessThan(500);
});
