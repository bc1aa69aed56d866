import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { storyboardYaml, writeBundle } from '../support/judge.ts';

const CLI = join(import.meta.dirname, '..', '..', 'compliance', 'cli.ts');
const SCRIPT = `import { processIo, runStoryboardCli } from ${JSON.stringify(CLI)}; process.exitCode = await runStoryboardCli(process.argv.slice(1), processIo(new AbortController().signal));`;

test('a reader that goes away early is no error', async () => {
  const files = Array.from(
    { length: 400 },
    (_, i) => [`compliance/universal/s${i}.yaml`, storyboardYaml(`s${i}-${'x'.repeat(150)}`, '      - { id: a, task: get_products }\n')]
  );
  const bundle = writeBundle(Object.fromEntries(files) as Record<string, string>);
  const child = spawn(
    process.execPath, ['--input-type=module', '-e', SCRIPT, 'list', '--bundle', bundle.folder], { stdio: ['ignore', 'pipe', 'pipe'] }
  );
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => { complaints += chunk.toString(); });
  child.stdout.once('data', () => { child.stdout.destroy(); });
  const code = await new Promise((resolve) => { child.on('close', resolve); });
  bundle.remove();
  expect([code, complaints]).toEqual([0, '']);
});
