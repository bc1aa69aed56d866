import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasOfficial, OFFICIAL_STORYBOARDS } from '../../test/support/official-schemas.ts';
import { LOAD_RULES } from '../cli/bundle-option.ts';
import { bundleFolders, openBundle } from './bundle.ts';
import { outlineOf, scanOutline } from './outline.ts';
import { readStoryboard } from './read-storyboard.ts';

const root = join(import.meta.dirname, '../..');
const read = (text: string, optional: boolean) =>
  outlineOf(readStoryboard(text, { file: 'f.yaml', ignoreWithoutPhases: optional }, { ...LOAD_RULES, isMutating: () => false }));
const PHASES = 'phases:\n  - id: p\n    steps:\n      - id: a\n        task: get_products\n      - id: b\n        task: get_products\n';

const official = hasOfficial('that storyboards of the official release are outlined as they are parsed');

test.for([
  root, join(root, 'node_modules/@adcp/sdk/compliance/cache/3.0.6'), ...(official ? [OFFICIAL_STORYBOARDS] : []),
])('the storyboards in %s have the outline that parsing them gives', (folder) => {
  const folders = bundleFolders(folder)!;
  const opened = openBundle(folders, { cwd: root, rules: LOAD_RULES });
  if (opened.kind === 'refused') throw new Error(opened.problem);
  const { files, source } = opened.bundle;
  const scanned = files.map(({ path }) => scanOutline(readFileSync(join(source, path), 'utf8'), path.startsWith('universal/')));
  expect(scanned.filter((outline) => outline === undefined)).toEqual([]);
  expect(scanned).toEqual(files.map(({ reading }) => outlineOf(reading)));
});

test.for([
  ['a list on the line of its key, or not further in than it', `id: a\ntrack: core\nrequires_scenarios:\n- x\n- y/z\n${PHASES}`],
  ['quotes, comments and the marks of a document', `---\n# c\nid: "a" # c\ntrack: 'core'\n\n${PHASES}`],
  ['a long text that looks like YAML', `id: a\nnarrative: |\n  phases:\n    - id: wrong\n${PHASES}`],
  ['lines that end as on Windows', `id: a\ntrack: core\n${PHASES}`.replaceAll('\n', '\r\n')],
  ['a kit, and phases without steps', 'id: a\nprerequisites:\n  description: d\n  test_kit: test-kits/k.yaml\nphases:\n  - id: p\n    steps: []\n  - id: q\n'],
] as const)('reads %s as the parser does', ([, text]) => {
  const outline = scanOutline(text, false);
  expect(outline).toBeDefined();
  expect(outline).toEqual(read(text, false));
});

test.for([
  ['flow style', 'id: a\nphases: [{ id: p, steps: [{ id: s, task: get_products }] }]\n'],
  ['an id that is no plain word', `id: 3.1\n${PHASES}`],
  ['an id with an escape', `id: "a\\u0062"\n${PHASES}`],
  ['an anchor', `id: &x a\n${PHASES}`],
  ['a key twice', `id: a\nid: b\n${PHASES}`],
  ['a tab', `id: a\n\tb: c\n${PHASES}`],
  ['two documents', `id: a\n${PHASES}---\nid: b\n`],
  ['a list of flow style', `id: a\nrequires_scenarios: [x, y]\n${PHASES}`],
  ['no map', '- a\n- b\n'],
] as const)('leaves %s to the parser', ([, text]) => expect(scanOutline(text, false)).toBeUndefined());

test('a document of the universal folder without phases is no storyboard; elsewhere the parser says what is wrong', () => {
  expect(scanOutline('id: notes\nabout: this\n', true)).toEqual({ kind: 'ignored' });
  expect(scanOutline('', true)).toEqual({ kind: 'ignored' });
  expect(scanOutline('id: notes\n', false)).toBeUndefined();
});

test('what is wrong inside a file does not hinder its outline', () => {
  const text = `id: a\nphases:\n  - id: p\n    steps:\n      - id: s\n        task: [\n`;
  expect(scanOutline(text, false)).toMatchObject({ kind: 'storyboard', id: 'a', steps: 1 });
  expect(read(text, false)).toMatchObject({ kind: 'broken' });
});

test('a file of blanks takes no longer than any other', () => {
  const started = performance.now();
  scanOutline(`id: a${' '.repeat(1_000_000)}x\ntitle: ${'- '.repeat(500_000)}\n${PHASES}`, false);
  expect(performance.now() - started).toBeLessThan(2000);
});
