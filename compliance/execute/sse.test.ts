import { expect, test } from 'vitest';
import { EventScanner } from './sse.ts';

const all = (stream: string) => new EventScanner().take(stream);

test('gives the data of each complete event, whatever ends its lines', () => {
  expect(all('data: a\n\ndata: b\r\n\r\ndata:c\r\rdata: never ended')).toEqual(['a', 'b', 'c']);
});

test('puts lines of data together, a bare field name being an empty one', () => {
  expect(all('data: a\ndata\ndata:  b\n\n')).toEqual(['a\n\n b']);
  expect(all('data\n\n')).toEqual(['']);
});

test('passes over comments, other fields and events without data', () => {
  expect(all(': ping\n\nevent: message\nid: 1\ndatabase: x\n\nevent: message\ndata: a\n\n')).toEqual(['a']);
});

test('gives each event once while the stream grows', () => {
  const scanner = new EventScanner();
  expect([scanner.take('data: a\n\nda'), scanner.take('data: a\n\ndata: b\n'), scanner.take('data: a\n\ndata: b\n\n')]).toEqual([['a'], [], ['b']]);
});
