import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const LAUNCHER = join(import.meta.dirname, '..', '..', 'scripts', 'adwright.mjs');

/** A package of which the sources and the bundled judge say who they are. */
const folder = mkdtempSync(join(tmpdir(), 'adwright-launcher-'));
const source = join(folder, 'src', 'main', 'adwright.ts');
const current = join(folder, 'dist', 'judge', 'current.json');
const seller = join(folder, 'dist', 'seller', 'current.json');

beforeAll(() => {
  for (const each of ['scripts', 'src/main', 'dist/judge/abc', 'dist/seller/abc', 'dist/src/main', 'dist/scripts']) mkdirSync(join(folder, each), { recursive: true });
  copyFileSync(LAUNCHER, join(folder, 'scripts', 'adwright.mjs'));
  writeFileSync(source, "console.log('source');\n");
  writeFileSync(join(folder, 'dist', 'src', 'main', 'adwright.js'), "console.log('built');\n");
  writeFileSync(join(folder, 'dist', 'judge', 'abc', 'adwright.js'), "console.log('bundled');\n");
  writeFileSync(join(folder, 'dist', 'seller', 'abc', 'adwright.js'), "console.log('bundled seller');\n");
  copyFileSync(LAUNCHER, join(folder, 'dist', 'scripts', 'adwright.mjs'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function stamp(): void {
  const { size, mtimeMs } = statSync(source);
  for (const file of [current, seller]) writeFileSync(file, JSON.stringify({ folder: 'abc', sources: [['src/main/adwright.ts', size, mtimeMs]] }));
}

const startedBy = (launcher: string, args: readonly string[]): string => {
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, launcher), ...args], { encoding: 'utf8' });
  return stdout.trim() || stderr;
};
const started = (...args: string[]): string => startedBy('scripts/adwright.mjs', args);

test('the judge, and the seller that serves, are taken bundled while no source was changed since, other commands never', () => {
  stamp();
  expect([started('storyboard', 'list'), started('bundle', 'list'), started('serve', '--sandbox'), started('rebuild'), started()]).toEqual(['bundled', 'bundled', 'bundled seller', 'source', 'source']);
  expect(started('serve', '--sandbox', '--training-agent', 'mine.ts')).toBe('source');
  utimesSync(source, new Date(), new Date(Date.now() + 5000));
  expect([started('storyboard', 'list'), started('serve')]).toEqual(['source', 'source']);
  stamp();
  expect(started('storyboard', 'list')).toBe('bundled');
});

test('without a bundle that is whole, the sources are taken, and without those what was built', () => {
  writeFileSync(current, '{ broken');
  expect(started('storyboard')).toBe('source');
  writeFileSync(current, JSON.stringify({ folder: 'gone', sources: [] }));
  expect(started('storyboard')).toBe('source');
  stamp();
  rmSync(join(folder, 'src'), { recursive: true });
  expect([started('storyboard'), started('serve'), started('rebuild')]).toEqual(['bundled', 'bundled seller', 'built']);
  const inBuild = (...args: string[]): string => startedBy('dist/scripts/adwright.mjs', args);
  expect([inBuild('storyboard'), inBuild('serve'), inBuild('rebuild')]).toEqual(['bundled', 'bundled seller', 'built']);
});
