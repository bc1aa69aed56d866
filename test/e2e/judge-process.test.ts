import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { storyboardYaml, writeBundle } from '../support/judge.ts';
import { startAgent } from '../support/mcp-agent.ts';

const CLI = join(import.meta.dirname, '..', '..', 'compliance', 'cli.ts');
/** As `src/main` runs it: the first interrupt aborts. */
const SCRIPT = `
import { processIo, storyboardCommand } from ${JSON.stringify(CLI)};
const ending = new AbortController();
process.once('SIGINT', () => ending.abort());
await storyboardCommand(processIo(ending.signal)).parseAsync(process.argv.slice(1), { from: 'user' });`;
const COMMAND = ['--input-type=module', '-e', SCRIPT];

test('a reader that goes away early is no error', async () => {
  const files = Array.from(
    { length: 400 },
    (_, i) => [`compliance/universal/s${i}.yaml`, storyboardYaml(`s${i}-${'x'.repeat(150)}`, '      - { id: a, task: get_products }\n')]
  );
  const bundle = writeBundle(Object.fromEntries(files) as Record<string, string>);
  const child = spawn(process.execPath, [...COMMAND, 'list', '--bundle', bundle.folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => { complaints += chunk.toString(); });
  child.stdout.once('data', () => { child.stdout.destroy(); });
  const code = await new Promise((resolve) => { child.on('close', resolve); });
  bundle.remove();
  expect([code, complaints]).toEqual([0, '']);
});

test.skipIf(!existsSync('/dev/full'))('output that cannot be written is told in one line, and is no success', async () => {
  const bundle = writeBundle({ 'compliance/universal/s.yaml': storyboardYaml('s', '      - { id: a, task: get_products }\n') });
  const child = spawn(process.execPath, [...COMMAND, 'list', '--bundle', bundle.folder], { stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'] });
  let complaints = '';
  child.stderr!.on('data', (chunk: Buffer) => { complaints += chunk.toString(); });
  const code = await new Promise((resolve) => { child.on('close', resolve); });
  bundle.remove();
  expect([code, complaints]).toEqual([2, expect.stringMatching(/^adwright: cannot write the output: ENOSPC.*\n$/)]);
});

test('an interrupt that arrives twice, from the terminal and from whoever started the judge, leaves the report', async () => {
  const agent = await startAgent({ get_products: () => ({ $http: () => undefined }) });
  const bundle = writeBundle({ 'compliance/universal/s.yaml': storyboardYaml('s', '      - { id: a, task: get_products }\n') });
  const report = join(bundle.folder, 'report.json');
  const child = spawn(process.execPath, [...COMMAND, 'run', agent.url, '--bundle', bundle.folder, '--json', report], { stdio: ['ignore', 'pipe', 'inherit'] });
  let interrupted = false;
  child.stdout.on('data', (chunk: Buffer) => {
    if (interrupted || !chunk.includes('seller ')) return;
    interrupted = true;
    for (let i = 0; i < 2; i += 1) child.kill('SIGINT');
  });
  const code = await new Promise((resolve) => { child.on('close', resolve); });
  expect([code, (JSON.parse(readFileSync(report, 'utf8')) as { run: { ended: string } }).run.ended]).toEqual([3, 'interrupted']);
  bundle.remove();
  await agent.close();
});
