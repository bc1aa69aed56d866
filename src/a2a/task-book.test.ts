import { expect, test } from 'vitest';
import { TaskBook } from './task-book.ts';

const task = (id: string, text = '') => ({ id, context_id: 'c', state: 3, document: { id, text } });
const ANY = { skip: 0, limit: 99 };

test('forgets the oldest tasks when all of them together have grown too long, whosever they are', async () => {
  const size = JSON.stringify(task('a').document).length;
  const book = new TaskBook(3 * size + 10);
  for (const id of ['a', 'b', 'c', 'd']) await book.keep(id === 'b' ? 'two' : 'one', task(id));
  expect([await book.find('one', 'a'), await book.find('two', 'b')]).toEqual([undefined, { id: 'b', text: '' }]);
  await book.keep('one', task('e', 'x'.repeat(2 * size)));
  expect((await book.list('one', ANY)).documents).toMatchObject([{ id: 'e' }]);
  expect((await book.list('two', ANY)).total).toBe(0);
});

test('a caller whose name begins like another\'s sees nothing of it', async () => {
  const book = new TaskBook(10_000);
  await book.keep('ab', task('x'));
  expect([await book.find('a', 'x'), (await book.list('a', ANY)).total, (await book.list('ab', ANY)).total]).toEqual([undefined, 0, 1]);
});
