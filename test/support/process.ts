/** The command as people start it: a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

export interface SellerProcess {
  readonly url: string;
  /** The same where it listens itself. */
  readonly local_url: string;
  /** Empty outside a sandbox. */
  readonly token: string;
  readonly child: ChildProcess;
  /** Ends it with a signal and resolves with how it ended. */
  end(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/**
 * Starts `adwright serve --sandbox` on a free port and waits until it says where it listens.
 * @param spawned is given the process before it serves
 */
export function spawnSeller(data: string, args: readonly string[] = [], spawned: (child: ChildProcess) => void = () => {}, env: Readonly<Record<string, string>> = {}): Promise<SellerProcess> {
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'adwright.mjs'), 'serve', '--sandbox', '--data', data, '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  spawned(child);
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => { child.on('exit', (code, signal) => resolve({ code, signal })); });
  return new Promise((resolve, reject) => {
    let [out, err] = ['', ''];
    child.stderr.on('data', (chunk: Buffer) => { err += chunk.toString(); });
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const [url, token = ''] = [/MCP +(\S+)/.exec(out)?.[1], /token +(\S+)/.exec(out)?.[1]];
      if (url && out.includes('Ctrl-C')) resolve({ url, local_url: /here +(\S+)/.exec(out)?.[1] ?? url, token, child, end: (signal) => { child.kill(signal); return ended; } });
    });
    void ended.then(({ code }) => reject(new Error(`the seller ended with ${code}: ${out}${err}`)));
  });
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command to its end. */
export function adwright(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'adwright.mjs'), ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env }, cwd: ROOT });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => { stdout += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { stderr += chunk.toString(); });
  return new Promise((resolve) => { child.on('close', (code) => resolve({ code, stdout, stderr })); });
}
