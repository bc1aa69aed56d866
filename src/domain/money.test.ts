import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundTo, split, toMicros, wireAmount } from './money.ts';

test('splits exactly, in proportion, whatever the weights', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1e12 }), fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 1, maxLength: 20 }), (total, weights) => {
    fc.pre(weights.some((weight) => weight > 0));
    const parts = split(total, weights);
    const sum = weights.reduce((a, b) => a + b, 0);
    expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
    parts.forEach((part, at) => expect(Math.abs(part - (total * weights[at]!) / sum)).toBeLessThanOrEqual(1));
  }));
});

test('gives the remainder to the largest fraction, then to the first', () => {
  expect(split(100, [1, 1, 1])).toEqual([34, 33, 33]);
  expect(split(10, [0, 3, 1])).toEqual([0, 8, 2]);
});

test('splits over weights however small, in their proportion', () => {
  expect(split(10, [1e-9])).toEqual([10]);
  expect(split(100, [5e-324, 0])).toEqual([100, 0]);
  expect(split(100, [3e-9, 1e-9])).toEqual([75, 25]);
});

test('refuses to split over nothing', () => {
  expect(() => split(1, [0, 0])).toThrow(RangeError('split needs a weight greater than 0'));
});

test('rounds half up at the currency\'s minor digits', () => {
  expect(roundTo(1.005, 2)).toBe(1.01);
  expect(roundTo(33.333333, 2)).toBe(33.33);
  expect(wireAmount(toMicros(149.99), 'USD')).toBe(149.99);
  expect(wireAmount(toMicros(149.5), 'JPY')).toBe(150);
  expect(roundTo(1e-9, 2)).toBe(0);
  expect(roundTo(-1.005, 2)).toBe(-1.01);
});

test('leaves whole numbers as they are, with one zero', () => {
  for (const whole of [0, 7, -7, 120_000, Number.MAX_SAFE_INTEGER]) expect(roundTo(whole, 2)).toBe(whole);
  expect(roundTo(-0, 2)).toBe(0);
});

test('keeps numbers too large or too small to be written without an exponent', () => {
  expect(roundTo(1e21, 2)).toBe(1e21);
  expect(roundTo(1.5e300, 4)).toBe(1.5e300);
  expect(roundTo(1.25e-7, 8)).toBe(1.3e-7);
});
