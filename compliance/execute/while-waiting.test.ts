import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { whileWaiting } from './while-waiting.ts';

function pieces(count: number, each: (at: number) => void = () => undefined): { readonly done: number[]; readonly work: (() => void)[] } {
  const done: number[] = [];
  return { done, work: Array.from({ length: count }, (_, at) => () => { done.push(at); each(at); }) };
}

test('work is done in its order while the answer takes its time', async () => {
  const { done, work } = pieces(3);
  const answer = (async () => {
    while (done.length < 3) await setImmediate();
    return 'answer';
  })();
  expect([await whileWaiting(answer, work), done]).toEqual(['answer', [0, 1, 2]]);
});

test('work that is not begun when the answer comes is left', async () => {
  let give = (): void => undefined;
  const answer = new Promise<string>((resolve) => { give = () => resolve('answer'); });
  const { done, work } = pieces(9, (at) => { if (at === 1) give(); });
  expect([await whileWaiting(answer, work), done]).toEqual(['answer', [0, 1]]);
  const none = pieces(9);
  expect([await whileWaiting(Promise.resolve(1), none.work), none.done]).toEqual([1, []]);
});

test('what is waited for may fail, before the work is done or after', async () => {
  await expect(whileWaiting(Promise.reject(new Error('gone')), pieces(9).work)).rejects.toThrow('gone');
  const late = setImmediate().then(() => setImmediate()).then(() => setImmediate()).then(() => { throw new Error('gone late'); });
  await expect(whileWaiting(late, [])).rejects.toThrow('gone late');
});
