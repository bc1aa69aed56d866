import { expect, test } from 'vitest';
import { TokenBuckets } from './token-buckets.ts';

const at = (ms: number) => new Date(Date.parse('2026-11-20T12:00:00Z') + ms);

test('lets a burst through, then as many a second as sustained, each scope for itself', () => {
  const limit = new TokenBuckets({ per_second: 2, burst: 3 });
  expect([0, 0, 0, 0].map(() => limit.take('a', at(0)))).toEqual([0, 0, 0, 1]);
  expect(limit.take('b', at(0))).toBe(0);
  expect([limit.take('a', at(500)), limit.take('a', at(500))]).toEqual([0, 1]);
  expect([1, 2, 3, 4].map(() => limit.take('a', at(60_000)))).toEqual([0, 0, 0, 1]);
});

test('says how long to wait, within what AdCP allows, and is not moved by a clock that jumps back', () => {
  expect(new TokenBuckets({ per_second: 0.1, burst: 0 }).take('a', at(0))).toBe(10);
  expect(new TokenBuckets({ per_second: 1e-9, burst: 0 }).take('a', at(0))).toBe(3600);
  const limit = new TokenBuckets({ per_second: 1, burst: 1 });
  limit.take('a', at(10_000));
  expect(limit.take('a', at(0))).toBe(1);
});

test('tells what would come of taking one without taking it', () => {
  const limit = new TokenBuckets({ per_second: 1, burst: 1 });
  expect([limit.look('a', at(0)), limit.look('a', at(0)), limit.take('a', at(0)), limit.look('a', at(0)), limit.look('a', at(1000))]).toEqual([0, 0, 0, 1, 0]);
});

test('remembers so many scopes, and forgets the one that has rested longest', () => {
  const limit = new TokenBuckets({ per_second: 0.001, burst: 1 });
  for (let n = 0; n < 10_001; n += 1) limit.take(`scope ${n}`, at(n));
  expect([limit.look('scope 0', at(10_001)), limit.look('scope 1', at(10_001))]).toEqual([0, 990]);
});
