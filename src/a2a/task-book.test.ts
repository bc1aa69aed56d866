import type { Task } from 'a2a';
import { expect, test } from 'vitest';
import { TaskBook } from './task-book.ts';

const task = (id: string, text = ''): Task => ({ id, contextId: 'c', status: undefined, artifacts: [], history: [], metadata: { text } });
const ANY = { context_id: '', is: () => true, skip: 0, limit: 99 };

test('forgets the oldest tasks when all of them together have grown too long, whosever they are', () => {
  const size = JSON.stringify(task('a')).length;
  const book = new TaskBook(3 * size + 10);
  for (const id of ['a', 'b', 'c', 'd']) book.keep(id === 'b' ? 'two' : 'one', task(id));
  expect([book.find('one', 'a'), book.find('two', 'b')?.id]).toEqual([undefined, 'b']);
  book.keep('one', task('e', 'x'.repeat(2 * size)));
  expect(book.list('one', ANY).tasks.map(({ id }) => id)).toEqual(['e']);
  expect(book.list('two', ANY).total).toBe(0);
});

test('a caller whose name begins like another\'s sees nothing of it', () => {
  const book = new TaskBook(10_000);
  book.keep('ab', task('x'));
  expect([book.find('a', 'x'), book.list('a', ANY).total, book.list('ab', ANY).total]).toEqual([undefined, 0, 1]);
});
