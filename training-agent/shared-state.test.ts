import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openSeeds } from './seeds.ts';
import { sharedRecorder } from './shared-recorder.ts';
import { openSharedState } from './shared-state.ts';

const folder = mkdtempSync(join(tmpdir(), 'adwright-shared-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what one server puts on a shelf another one finds, and one of them takes', () => {
  const [one, other] = [openSharedState(folder), openSharedState(folder)];
  one.shelf<object>('a').put('x', { n: 1 });
  one.shelf<object>('b').put('x', { n: 2 });
  expect(other.shelf('a').get('x')).toEqual({ n: 1 });
  expect([other.shelf('a').take('x'), one.shelf('a').take('x'), one.shelf('a').get('x')]).toEqual([{ n: 1 }, undefined, undefined]);
  other.shelf('b').delete('x');
  expect(one.shelf('b').get('x')).toBeUndefined();
  one.close();
  other.close();
});

test('a shelf that is full loses what was put longest ago', () => {
  const state = openSharedState(':memory:');
  const shelf = state.shelf<number>('full', 2);
  for (const [name, value] of [['a', 1], ['b', 2], ['a', 3], ['c', 4]] as const) shelf.put(name, value);
  expect(['a', 'b', 'c'].map((name) => shelf.get(name))).toEqual([3, undefined, 4]);
  state.close();
});

test('calls are recorded in the order in which they left, whichever server sent them', () => {
  const states = [openSharedState(folder), openSharedState(folder)];
  const [one, other] = states.map((state) => sharedRecorder(state));
  const call = (payload: string, timestamp: string) => ({ principal_id: 'p', method: 'POST', url: 'https://ads.example/', content_type: 'text/plain', payload, timestamp, status: 200 });
  one!.record(call('a', '2027-01-01T00:00:00Z'));
  other!.record(call('b', '2027-01-02T00:00:00Z'));
  expect([one, other].map((each) => each!.since(undefined).map(({ payload }) => payload))).toEqual([['a', 'b'], ['a', 'b']]);
  expect(one!.since('2027-01-02T00:00:00Z')).toEqual([call('b', '2027-01-02T00:00:00Z')]);
  for (const state of states) state.close();
});

test('no more calls are kept than there is room for', () => {
  const state = openSharedState(':memory:');
  const recorder = sharedRecorder(state, { calls: 6, bytes: 400, weighed_each: 4 });
  const sizes = (count: number, payload: string) => {
    for (let at = 0; at < count; at++) recorder.record({ principal_id: 'p', method: 'POST', url: 'u', content_type: 'c', payload, timestamp: '2027-01-01T00:00:00Z' });
    return recorder.since(undefined).length;
  };
  expect([sizes(9, 'x'), sizes(2, 'x'.repeat(150)), sizes(1, 'x'.repeat(150))]).toEqual([6, 6, 2]);
  state.close();
});

test('a batch of seeds goes on with whichever server is asked, until one of them looks', () => {
  const [one, other] = [openSeeds(folder), openSeeds(folder)];
  one.putProduct('p', 'first', {});
  other.putProduct('p', 'second', {});
  expect(one.products('p').map(({ batch }) => batch)).toEqual([1, 1]);
  other.endBatch('p');
  one.putProduct('p', 'third', {});
  other.mark('p', 'spent', 2);
  other.mark('p', 'spent', 1);
  expect([other.product('p', 'third')!.batch, one.spent('p'), one.searched('p')]).toEqual([2, 2, 0]);
  one.close();
  other.close();
});
