import { expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

const STEP = '- id: show\n  task: get_media_buys\n  sample_request: {}';
const bundle = (index: string) => ({ 'index.json': index, 'protocols/media-buy/index.yaml': board(STEP, '', 'b'), 'universal/a.yaml': board(STEP) });

test('files and folders that are not there are found where the index names them', () => {
  const found = expectFound('unknown_file', bundle(`{
  "universal": ["a", «"absent"],
  "protocols": [{ "id": "media-buy", "path": "protocols/media-buy/" }],
  "specialisms": [{ "id": "sales-none", «"path": "specialisms/sales-none/" }]
}`));
  expect(found[0]).toBe('error: the index names "universal/absent.yaml", where the bundle has no storyboard');
});

test('an index of what is there is left alone', () => {
  expectClean('unknown_file', bundle('{ "universal": ["a"], "protocols": [{ "id": "media-buy", "path": "protocols/media-buy/" }] }'));
});
