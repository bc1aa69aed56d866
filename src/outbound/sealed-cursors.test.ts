import { expect, test } from 'vitest';
import { sealedCursors } from './sealed-cursors.ts';

const cursors = sealedCursors(Buffer.alloc(32, 7));
const cursor = cursors.seal('120~nabc', 'list');

test('a cursor leads back to its position, in its list only', () => {
  expect([cursors.open(cursor, 'list'), cursors.open(cursor, 'another'), sealedCursors(Buffer.alloc(32, 8)).open(cursor, 'list')]).toEqual(['120~nabc', undefined, undefined]);
});

test('is the same each time, and says nothing of its position', () => {
  expect(cursors.seal('120~nabc', 'list')).toBe(cursor);
  expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toContain('120');
  const next = cursors.seal('1210~nabc', 'list');
  expect([next.slice(0, 10) === cursor.slice(0, 10), next.length]).toEqual([false, cursor.length]);
});

test.each(['', 'AAAA', '%%%', `${cursor}A`, cursor.slice(0, -1), `A${cursor.slice(1)}`, btoa('5.somelist')])('does not open %j', (text) => {
  expect(cursors.open(text, 'list')).toBeUndefined();
});
