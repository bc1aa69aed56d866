/** A server in a process of its own, so that it has a core for itself beside the one that makes the load. */
import { fork, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Started {
  readonly url: string;
  /** A key for callers, where the server makes one. */
  readonly token?: string;
  /** Resident memory of the server, in bytes. */
  memory(): number;
  /** Processor time of all its threads so far, in seconds. */
  processorSeconds(): number;
  stop(): Promise<void>;
}

/**
 * @param script of the folder `servers`
 * @param quiet drops what it prints: advice of its framework
 */
export async function started(script: string, args: readonly string[] = [], quiet = false): Promise<Started> {
  const child = fork(join(import.meta.dirname, 'servers', script), [...args], { stdio: ['ignore', 'ignore', quiet ? 'ignore' : 'inherit', 'ipc'] });
  const gone = new Promise<void>((resolve) => { child.once('exit', () => resolve()); });
  const { url, token } = await new Promise<{ url: string; token?: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { url: string; token?: string }));
    void gone.then(() => reject(new Error(`${script} ended before it listened`)));
  });
  return { url, ...(token ? { token } : {}), memory: () => residentBytes(child.pid!), processorSeconds: () => processorSeconds(child.pid!), stop: () => { child.disconnect(); return gone; } };
}

const COMMAND = join(import.meta.dirname, '..', '..', 'adwright.mjs');

/** Our seller as people start it, when it says where it listens. */
export async function commanded(config: string, data: string): Promise<Started> {
  const child = spawn(process.execPath, [COMMAND, 'serve', '--no-sandbox', '--config', config, '--data', data, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = new Promise<void>((resolve) => { child.once('exit', () => resolve()); });
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    void gone.then(() => reject(new Error('the seller ended before it listened')));
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /MCP +(\S+)/.exec((printed += chunk.toString()))?.[1];
      if (found) resolve(found);
    });
  });
  return { url, memory: () => residentBytes(child.pid!), processorSeconds: () => processorSeconds(child.pid!), stop: () => { child.kill(); return gone; } };
}

/** Resident memory of a process. */
function residentBytes(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kibibytes) * 1024;
}

/** Of `/proc/PID/stat`, behind the name of the command, which may hold blanks: fields 14 and 15, in hundredths. */
function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 13).map(Number);
  return (user! + system!) / 100;
}
