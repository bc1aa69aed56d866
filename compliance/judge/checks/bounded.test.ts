import { expect, test } from 'vitest';
import { bounded } from './bounded.ts';

test('gives what the work gives, and throws what it throws', () => {
  expect(bounded(() => [1], 1000)).toEqual({ kind: 'done', value: [1] });
  expect(() => bounded(() => { throw new TypeError('no'); }, 1000)).toThrow(new TypeError('no'));
});

test('ends work that would not end', () => {
  expect(bounded(() => /^(a+)+$/.test(`${'a'.repeat(60)}b`), 50)).toEqual({ kind: 'endless' });
  expect(bounded(() => 'and goes on', 1000)).toEqual({ kind: 'done', value: 'and goes on' });
});
