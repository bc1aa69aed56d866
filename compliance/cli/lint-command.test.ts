import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { storyboard, type TestBundle, writeBundle } from '../../test/support/judge.ts';

const STEP = '        task: get_media_buys\n        sample_request: {}\n        validations:\n          - check: ';
const board = (id: string, check: string): string => `id: ${id}\nphases:\n  - id: main\n    steps:\n      - id: show\n${STEP}${check}\n`;

let work: TestBundle;
beforeEach(() => {
  work = writeBundle({
    'suite/universal/good.yaml': board('good', 'response_schema'), 'suite/universal/bad.yaml': board('bad', 'respnse_schema'),
    'loose/one.yaml': board('one', 'field_present\n            path: media_buyz'), 'loose/notes.txt': 'nothing',
  });
});
afterEach(() => { work.remove(); });
const lint = (...args: readonly string[]) => storyboard(['lint', ...args], { cwd: work.folder });

describe('lint looks at', () => {
  test('a whole bundle, or the parts of it that are named, each problem once', async () => {
    expect(await lint('suite')).toMatchObject({ code: 1, out: expect.stringMatching(/suite\/universal\/bad\.yaml:9:13[^]*2 files: 1 error, 0 warnings\n$/) });
    expect(await lint('suite/universal/good.yaml')).toEqual({ code: 0, err: '', out: '1 file: 0 errors, 0 warnings\n' });
    expect(await lint('suite', 'suite/universal', '--rule', 'unknown_check')).toMatchObject({ code: 1, out: expect.stringMatching(/2 files: 1 error, 0 warnings\n$/) });
  });

  test('files outside of any bundle, with the schemas of ours', async () => {
    const { code, out } = await lint('loose');
    expect([code, out]).toEqual([1, expect.stringMatching(/^error\[unknown_path\]: no answer has "media_buyz"[^]*--> loose\/one\.yaml:10:13[^]*1 file: 1 error, 0 warnings\n$/)]);
  });

  test('nothing where there is nothing', async () => {
    expect(await lint('loose/notes.txt')).toEqual({ code: 2, out: '', err: 'adwright: loose/notes.txt holds no storyboards\n' });
  });
});

test('warnings fail only when they are told to', async () => {
  const warned = writeBundle({ 'suite/universal/a.yaml': board('a', 'response_schema\n            path: media_buys') });
  try {
    const codes = await Promise.all([[], ['--strict']].map(async (flags) => (await storyboard(['lint', 'suite', ...flags], { cwd: warned.folder })).code));
    expect(codes).toEqual([0, 1]);
  } finally {
    warned.remove();
  }
});
