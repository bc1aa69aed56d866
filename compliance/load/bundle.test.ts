import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Bundle, bundleFolders, enclosingBundle, openBundle, storyboardsOf } from './bundle.ts';

const RULES = { isKnownCheck: () => true, isKnownInvariant: () => true, isKnownTask: () => false };
const made: string[] = [];
afterEach(() => {
  for (const root of made.splice(0)) rmSync(root, { recursive: true, force: true });
});

function folder(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'adwright-bundle-'));
  made.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function open(files: Readonly<Record<string, string>>): Bundle {
  const root = folder(files);
  const opened = openBundle(bundleFolders(root)!, { cwd: root, rules: RULES });
  if (opened.kind === 'refused') throw new Error(opened.problem);
  return opened.bundle;
}

const board = (id: string, more = ''): string => `id: ${id}\n${more}phases: []\n`;
const problems = (bundle: Bundle) => bundle.files.flatMap(
  ({ reading }) => (reading.kind === 'broken' ? reading.problems : reading.kind === 'storyboard' ? reading.warnings : [])
)
  .map(({ code, severity, location }) => `${severity} ${code} ${location.file}:${location.line}`);

test('reads an official layout and the layout of this package, and finds their schemas beside them', () => {
  const official = folder({ 'compliance/universal/a.yaml': board('a'), 'schemas/x.json': '{}' });
  expect(bundleFolders(official)).toEqual({ compliance: join(official, 'compliance'), schemas: join(official, 'schemas') });
  const ours = folder({ 'storyboards/protocols/media-buy/index.yaml': board('a') });
  expect(bundleFolders(ours)?.compliance).toBe(join(ours, 'storyboards'));
  expect(bundleFolders(folder({ 'other/a.yaml': '' }))).toBeUndefined();
});

test('finds the schemas of a bundle that is named by its storyboards, and the bundle of a file or a kit', () => {
  const root = folder({
    'storyboards/universal/a.yaml': board('a'), 'storyboards/test-kits/k.yaml': 'id: k\n', 'schemas/x.json': '{}', 'elsewhere/b.yaml': '',
  });
  const folders = { compliance: join(root, 'storyboards'), schemas: join(root, 'schemas') };
  expect(bundleFolders(join(root, 'storyboards'))).toEqual(folders);
  expect(enclosingBundle(join(root, 'storyboards/universal/a.yaml'))).toEqual(folders);
  expect(enclosingBundle(join(root, 'storyboards/test-kits'))).toEqual(folders);
  expect(enclosingBundle(join(root, 'storyboards/universal-notes/a.yaml'))).toBeUndefined();
  expect(enclosingBundle(join(root, 'elsewhere/b.yaml'))).toBeUndefined();
});

test.each(['{ nope', '[]', '"3.1"'])('a bundle whose index is %j is refused', (text) => {
  const root = folder({ 'compliance/universal/a.yaml': board('a'), 'compliance/index.json': text });
  const opened = openBundle(bundleFolders(root)!, { cwd: root, rules: RULES });
  expect(opened).toMatchObject({ kind: 'refused', problem: expect.stringMatching(/^compliance\/index\.json (is no JSON|holds no object)/) });
});

test('places every storyboard: universal, protocol with its index first, specialism; the mirror of protocols is left alone', () => {
  const bundle = open({
    'compliance/universal/a.yaml': board('a'), 'compliance/protocols/media-buy/index.yaml': board('z'),
    'compliance/protocols/media-buy/scenarios/b.yaml': board('b'),
    'compliance/protocols/media-buy/early.yaml': board('e'), 'compliance/specialisms/sales/index.yaml': board('s'),
    'compliance/domains/media-buy/index.yaml': board('z'),
    'compliance/universal/vocabulary.yaml': 'words: []\n',
  });
  expect(bundle.files.map(({ path, place, reading }) => [path, place.kind, reading.kind])).toEqual([
    ['universal/a.yaml', 'universal', 'storyboard'], ['universal/vocabulary.yaml', 'universal', 'ignored'],
    ['protocols/media-buy/index.yaml', 'protocol', 'storyboard'], ['protocols/media-buy/early.yaml', 'protocol', 'storyboard'],
    ['protocols/media-buy/scenarios/b.yaml', 'protocol', 'storyboard'], ['specialisms/sales/index.yaml', 'specialism', 'storyboard'],
  ]);
  expect(storyboardsOf(bundle)).toHaveLength(5);
});

test('universal storyboards stand in the order of the index, those that it does not name after them', () => {
  const bundle = open({
    'compliance/universal/a.yaml': board('a'), 'compliance/universal/b.yaml': board('b'), 'compliance/universal/c.yaml': board('c'),
    'compliance/index.json': '{"universal":["c","a","gone"]}',
  });
  expect(storyboardsOf(bundle).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
});

test('takes version and release from the index, and goes without one', () => {
  expect(
    open({ 'compliance/universal/a.yaml': board('a'), 'compliance/index.json': '{"published_version":"3.1.19","adcp_version":"3.1.19"}' })
  ).toMatchObject({ version: '3.1.19', adcp_version: '3.1' });
  expect(open({ 'compliance/universal/a.yaml': board('a') })).toMatchObject({ version: 'unversioned', adcp_version: '3.1' });
});

test('the digest changes with any byte of the bundle and with nothing else', () => {
  const [one, same, other] = [board('a'), board('a'), board('b')].map((text) => open({ 'compliance/universal/a.yaml': text }).digest);
  expect(one).toBe(same);
  expect(one).not.toBe(other);
});

test('the second storyboard of the same id is broken', () => {
  expect(
    problems(open({ 'compliance/universal/a.yaml': board('a'), 'compliance/universal/b.yaml': board('a') }))
  ).toEqual(['error duplicate_id compliance/universal/b.yaml:1']);
});

test('a test kit that is missing or broken breaks the storyboards that name it', () => {
  const kit = (path: string) => `prerequisites:\n  test_kit: ${path}\n`;
  const bundle = open({
    'compliance/universal/a.yaml': board('a', kit('test-kits/none.yaml')), 'compliance/universal/b.yaml': board('b', kit('test-kits/bad.yaml')),
    'compliance/universal/c.yaml': board('c', kit('test-kits/good.yaml')), 'compliance/universal/d.yaml': board('d', kit('../../outside.yaml')),
    'compliance/test-kits/bad.yaml': 'id: bad\nauth: { api_key: k }\n', 'compliance/test-kits/good.yaml': 'id: good\n',
    'outside.yaml': 'id: outside\n',
  });
  expect(problems(bundle)).toEqual([
    'error unknown_test_kit compliance/universal/a.yaml:3', 'error invalid_test_kit compliance/universal/b.yaml:3',
    'error unknown_test_kit compliance/universal/d.yaml:3',
  ]);
});

test('a circle of required scenarios breaks every storyboard in it; a reference to nothing is a warning', () => {
  const requires = (...ids: string[]) => `requires_scenarios:\n${ids.map((id) => `  - ${id}\n`).join('')}`;
  const bundle = open({
    'compliance/universal/a.yaml': board('a', requires('b')), 'compliance/universal/b.yaml': board('b', requires('c', 'a')),
    'compliance/universal/c.yaml': board('c'), 'compliance/universal/d.yaml': board('d', requires('c', 'gone')),
  });
  expect(problems(bundle)).toEqual([
    'error reference_cycle compliance/universal/a.yaml:3', 'error reference_cycle compliance/universal/b.yaml:4',
    'warning unresolved_scenario_reference compliance/universal/d.yaml:4',
  ]);
});

test('references that branch and meet again are followed once', () => {
  const LAYERS = 30;
  const requires = (layer: number) => (layer === LAYERS ? '' : `requires_scenarios: [l${layer}, r${layer}]\n`);
  const files = Array.from({ length: LAYERS }, (_, i) => ['l', 'r'].map(
    (side) => [`compliance/universal/${side}${i}.yaml`, board(`${side}${i}`, requires(i + 1))] as const
  )).flat();
  expect(problems(open({ 'compliance/universal/a.yaml': board('a', requires(0)), ...Object.fromEntries(files) }))).toEqual([]);
});

test('a link that leads out of the bundle is reported and not followed; one within it is', () => {
  const root = folder({ 'compliance/universal/a.yaml': board('a'), 'secret.txt': 'root: x\n' });
  const compliance = join(root, 'compliance');
  symlinkSync('../../secret.txt', join(compliance, 'universal/b.yaml'));
  symlinkSync('/nowhere', join(compliance, 'universal/c.yaml'));
  mkdirSync(join(compliance, 'protocols/p'), { recursive: true });
  symlinkSync('../../universal/a.yaml', join(compliance, 'protocols/p/d.yaml'));
  const opened = openBundle(bundleFolders(root)!, { cwd: root, rules: RULES });
  if (opened.kind === 'refused') throw new Error(opened.problem);
  expect(problems(opened.bundle)).toEqual([
    'error unreadable_file compliance/universal/b.yaml:1', 'error unreadable_file compliance/universal/c.yaml:1',
    'error duplicate_id compliance/protocols/p/d.yaml:1',
  ]);
  expect(JSON.stringify(opened.bundle.files.map(({ reading }) => reading))).not.toContain('root: x');
});

test('a folder with the name of a storyboard is reported', () => {
  expect(problems(open({ 'compliance/universal/a.yaml': board('a'), 'compliance/universal/b.yaml/c.txt': '' })))
    .toEqual(['error unreadable_file compliance/universal/b.yaml:1']);
});

test('a task is known by AdCP or by a schema of the bundle, whatever that schema holds', () => {
  const step = (task: string) => `id: ${task}\nphases: [{ id: p, steps: [{ id: a, task: ${task} }] }]\n`;
  expect(problems(open({
    'compliance/universal/a.yaml': step('our_own'), 'compliance/universal/b.yaml': step('nobodys'), 'schemas/our-own-request.json': '{ broken',
  }))).toEqual(['warning unknown_task compliance/universal/b.yaml:2']);
});

test('a file that is too large is reported and not read', () => {
  expect(
    problems(open({ 'compliance/universal/a.yaml': `id: a\nphases: []\n# ${'x'.repeat(4 * 1024 * 1024)}` }))
  ).toEqual(['error unreadable_file compliance/universal/a.yaml:1']);
});
