import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { turnsEnd } from './turn.ts';

test('those who wait in one turn go on together at its end, in the order in which they came, and later ones at the end of another', async () => {
  const done: string[] = [];
  const end = turnsEnd();
  const first = end().then(() => {
    done.push('first');
    return end().then(() => done.push('third'));
  });
  await Promise.resolve();
  void end().then(() => done.push('second'));
  expect(done).toEqual([]);
  await nextTurn();
  expect(done).toEqual(['first', 'second']);
  await first;
  expect(done).toEqual(['first', 'second', 'third']);
});
