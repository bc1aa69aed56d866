import { expect, test } from 'vitest';
import { malformedText } from './well-formed.ts';

test('a text that is half a surrogate pair is found where it stands, as a value or as a name', () => {
  expect(malformedText({ packages: [{ context: { ref: 'ok' } }, { context: { ref: 'a\ud800b' } }] })).toBe('packages[1].context.ref');
  expect(malformedText({ ext: { ['\udc00']: 1 } })).toBe('ext.\ufffd');
});

test('whole pairs and everything that is no text are fine', () => {
  expect(malformedText({ a: '😀', b: [1, null, true, '\u0000'], c: {} })).toBeUndefined();
});
