/** Runs the judge in a test: a bundle from texts, a command with captured output, a report as JSON. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type CliIo, runJudgeCli } from '../../compliance/cli.ts';
import { type Clock, systemClock } from '../../compliance/execute/clock.ts';

export interface TestBundle {
  readonly folder: string;
  remove(): void;
}

/** A bundle in a folder of its own. Paths are those of an official bundle (`compliance/universal/x.yaml`). */
export function writeBundle(files: Readonly<Record<string, string>>): TestBundle {
  const folder = mkdtempSync(join(tmpdir(), 'adwright-judge-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface CommandRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly isTTY?: boolean;
  readonly clock?: Clock;
}

/** `adwright storyboard ...args`, with everything that it wrote. */
export function storyboard(args: readonly string[], options: CommandOptions): Promise<CommandRun> {
  return judge(['storyboard', ...args], options);
}

/** `adwright ...args`, with everything that it wrote: a command of the judge. */
export async function judge(args: readonly string[], options: CommandOptions): Promise<CommandRun> {
  let [out, err] = ['', ''];
  const io: Omit<CliIo, 'exit'> = {
    stdout: { write: (text) => { out += text; } }, stderr: { write: (text) => { err += text; } }, env: options.env ?? {}, cwd: options.cwd,
    isTTY: options.isTTY ?? false, width: 100, signal: options.signal ?? new AbortController().signal, clock: options.clock ?? systemClock,
  };
  const code = await runJudgeCli(args, io);
  return { code, out, err };
}

/** A clock that stands still but for sleeping, which takes no time. */
export function stillClock(startMs = Date.UTC(2026, 0, 1)): Clock {
  let now = startMs;
  return {
    now: () => now, elapsed: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  };
}

/** A storyboard with one phase; `steps` is YAML, indented by six. */
export function storyboardYaml(id: string, steps: string, head = ''): string {
  return `id: ${id}\nversion: "1.0.0"\ntitle: "Test ${id}"\ntrack: core\n${head}phases:\n  - id: main\n    title: "Main"\n    steps:\n${steps}`;
}
