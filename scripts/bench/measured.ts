/** Runs a Node program to its end and tells what that took. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Measured {
  readonly code: number | null;
  readonly stdout: string;
  /** Time of day at which it was started, in milliseconds. */
  readonly started_ms: number;
  readonly wall_ms: number;
  readonly cpu_ms: number;
  /** Most memory that was resident at a time, in the largest of its processes. */
  readonly peak_bytes: number;
}

const HOOK = pathToFileURL(join(import.meta.dirname, 'report-usage.mjs')).href;

export async function measured(script: string, args: readonly string[], cwd: string): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'adwright-bench-'));
  const usage = join(folder, 'usage');
  const started_ms = Date.now();
  const from = performance.now();
  const child = spawn(process.execPath, [script, ...args], {
    cwd, stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, NODE_OPTIONS: `--import ${HOOK}`, ADWRIGHT_BENCH_USAGE: usage, NO_COLOR: '1' },
  });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => { stdout += chunk.toString(); });
  const code = await new Promise<number | null>((resolve) => { child.on('close', resolve); });
  const wall_ms = performance.now() - from;
  const took = readFileSync(usage, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { peak_bytes: number; cpu_ms: number });
  rmSync(folder, { recursive: true });
  return { code, stdout, started_ms, wall_ms, cpu_ms: took.reduce((sum, each) => sum + each.cpu_ms, 0), peak_bytes: Math.max(...took.map((each) => each.peak_bytes)) };
}
