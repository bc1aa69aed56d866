import { expect, test } from 'vitest';
import { endpointBreaker } from './breaker.ts';

const START = Date.parse('2026-11-20T12:00:00.000Z');
const at = (seconds: number) => new Date(START + seconds * 1000);
const URL = 'https://buyer.example/hooks?for=1';
const failing = (times: number) => {
  const breaker = endpointBreaker();
  for (let n = 0; n < times; n += 1) breaker.failed(URL, at(0));
  return breaker;
};

test('lets calls through until five in a row have failed, whatever their query', () => {
  expect(failing(4).closedTo(URL, at(0))).toBeUndefined();
  expect(failing(5).closedTo('https://buyer.example/hooks?for=2', at(0))).toEqual(at(60));
  expect(failing(5).closedTo('https://buyer.example/other', at(0))).toBeUndefined();
});

test('then tries one call at a time, and rests longer each time it fails', () => {
  const breaker = failing(5);
  expect(breaker.closedTo(URL, at(59))).toEqual(at(60));
  expect(breaker.closedTo(URL, at(60))).toBeUndefined();
  expect(breaker.closedTo(URL, at(61))).toEqual(at(120));
  breaker.failed(URL, at(61));
  expect(breaker.closedTo(URL, at(62))).toEqual(at(181));
  for (let n = 0; n < 20; n += 1) breaker.failed(URL, at(62));
  expect(breaker.closedTo(URL, at(62))).toEqual(at(62 + 900));
});

test('forgets the failures when a call gets through', () => {
  const breaker = failing(5);
  breaker.succeeded(URL);
  breaker.failed(URL, at(1));
  expect(breaker.closedTo(URL, at(1))).toBeUndefined();
});
