import { expect, test } from 'vitest';
import { a2aMessageParts, a2aTask, dataOf } from './a2a-task.ts';

test('a task is told in the words of 0.3, whichever release it is written in', () => {
  const task = { id: 't', contextId: 'c', status: { state: 'TASK_STATE_INPUT_REQUIRED', message: { parts: [{ text: 'which?' }, 'noise'] } }, artifacts: [{ parts: [] }, null] };
  const told = { id: 't', contextId: 'c', state: 'input-required', artifacts: [{ parts: [] }], statusParts: [{ text: 'which?' }] };
  for (const reply of [{ task }, { kind: 'task', ...task }, task]) expect(a2aTask(reply)).toEqual(told);
  expect(a2aTask({ kind: 'task', id: 't' })).toEqual({ id: 't', contextId: undefined, state: '', artifacts: [], statusParts: [] });
});

test('a message is no task, and has its parts in either form', () => {
  const parts = [{ kind: 'text', text: 'a' }];
  for (const reply of [{ message: { parts } }, { kind: 'message', parts }]) expect([a2aTask(reply), a2aMessageParts(reply)]).toEqual([undefined, parts]);
});

test('data is an object in a part of that kind, or of a release that names no kinds', () => {
  expect([{ kind: 'data', data: { a: 1 } }, { data: { a: 1 } }].map(dataOf)).toEqual([{ a: 1 }, { a: 1 }]);
  expect([{ kind: 'text', data: { a: 1 } }, { kind: 'data', data: 'a' }, { data: [1] }, {}].map(dataOf)).toEqual([undefined, undefined, undefined, undefined]);
});
