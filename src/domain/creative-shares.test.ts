import { expect, test } from 'vitest';
import { creativeShares } from './creative-shares.ts';

const weights = (...assignments: { creative_id: string; weight?: number }[]) => creativeShares(assignments).map(({ weight }) => weight);

test('gives every creative the same when none has a weight', () => {
  expect(weights({ creative_id: 'a' }, { creative_id: 'b' })).toEqual([1, 1]);
});

test('gives one without a weight what a weighted one gets on average', () => {
  expect(weights({ creative_id: 'a', weight: 80 }, { creative_id: 'b', weight: 20 }, { creative_id: 'c' })).toEqual([80, 20, 50]);
});

test('gives a paused creative nothing, and ignores the weights when all are paused', () => {
  expect(weights({ creative_id: 'a', weight: 0 }, { creative_id: 'b', weight: 10 })).toEqual([0, 10]);
  expect(weights({ creative_id: 'a', weight: 0 }, { creative_id: 'b', weight: 0 })).toEqual([1, 1]);
});

test('has no shares where nothing is assigned', () => {
  expect(creativeShares(undefined)).toEqual([]);
});
