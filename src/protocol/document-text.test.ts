import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentText } from './document-text.ts';

const asJson = (document: object) => ({ json: JSON.stringify(document), escaped: JSON.stringify(JSON.stringify(document)).slice(1, -1) });

test('says what JSON says, of any document, the first time and every time after', () => {
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), fc.array(fc.dictionary(fc.string(), fc.jsonValue())), fc.constant(undefined))), (document) => {
    for (let time = 0; time < 3; time += 1) expect(documentText(document)).toEqual(asJson(document));
  }), { seed: 11, numRuns: 500 });
});

test.each([{}, { a: undefined }, { list: [] }, { list: [{}] }, { a: 1, list: [{ b: [2] }], c: 'é\ud800"\\\n', d: [{}, {}] }, { list: [[1], { a: 1 }] }, { list: [{}, null] }, { x: [{}], y: undefined }])('of %j too', (document) => {
  for (let time = 0; time < 3; time += 1) expect(documentText(document)).toEqual(asJson(document));
});

test('a document of the same parts in another order is another text', () => {
  const [one, two] = [{ id: 'a' }, { id: 'b' }];
  for (const list of [[one, two], [two, one], [two], [one, one]]) expect(documentText({ list })).toEqual(asJson({ list }));
});

test('what was shown twice is not turned into text again', () => {
  let turned = 0;
  const product = { toJSON: () => { turned += 1; return { id: 'p' }; } };
  for (let time = 0; time < 5; time += 1) expect(documentText({ products: [product], time }).json).toBe(`{"products":[{"id":"p"}],"time":${time}}`);
  expect(turned).toBe(2);
});
