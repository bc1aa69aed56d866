import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toolCaller } from '../support/mcp-call.ts';

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
}, 400_000);

test('the build serves by itself, as in the image: the seller from its few files, with migrations and the sandbox\'s catalogue', async () => {
  const image = mkdtempSync(join(tmpdir(), 'adwright-image-'));
  try {
    cpSync(join(ROOT, 'dist'), join(image, 'dist'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(image, 'node_modules'));
    const child = spawn(process.execPath, [join('dist', 'scripts', 'adwright.mjs'), 'serve', '--sandbox', '--data', 'data', '--port', '0'], { cwd: image, stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => { child.once('exit', resolve); });
    let out = '';
    await new Promise<void>((resolve, reject) => {
      void ended.then(() => reject(new Error(`it ended: ${out}`)));
      child.stdout.on('data', (chunk: Buffer) => { if ((out += chunk.toString()).includes('Ctrl-C')) resolve(); });
    });
    const call = toolCaller(/MCP +(\S+)/.exec(out)![1]!, /token +(\S+)/.exec(out)![1]);
    expect((await call('get_products', { buying_mode: 'wholesale' })).isError).toBe(false);
    expect((await call('comply_test_controller', { scenario: 'list_scenarios' })).isError).toBe(false);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  } finally {
    rmSync(image, { recursive: true, force: true });
  }
}, 400_000);
