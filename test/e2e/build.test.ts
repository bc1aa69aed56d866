import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });

test('the build is whole: it runs without the sources, with its catalogue, migrations, schemas, storyboards and the parts of a page', () => {
  expect(run('scripts/build.mjs').status).toBe(0);
  const built = (...args: string[]) => run(join('dist', 'src', 'main', 'adwright.js'), ...args);
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  expect(built('--version').stdout.trim()).toBe(version);
  expect(built('storyboard', 'lint').status).toBe(0);
  const { folder } = JSON.parse(readFileSync(join(ROOT, 'dist', 'judge', 'current.json'), 'utf8')) as { folder: string };
  const bundled = run(join('dist', 'judge', folder, 'adwright.js'), 'storyboard', 'run', 'http://127.0.0.1:1/mcp', '--report', 'html=-');
  expect([bundled.status, bundled.stdout]).toEqual([3, expect.stringMatching(/^<!doctype html>[^]*<style>[^]+<\/style>[^]*<script>[^]+<\/script>/)]);
  const page = built('storyboard', 'run', 'http://127.0.0.1:1/mcp', '--report', 'html=-');
  expect([page.status, page.stdout]).toEqual([3, expect.stringMatching(/^<!doctype html>[^]*<style>[^]+<\/style>[^]*<script>[^]+<\/script>/)]);
  const demo = built('demo');
  expect([demo.status, demo.stdout]).toEqual([0, expect.stringContaining('CONFORMS') as string]);
}, 180_000);
