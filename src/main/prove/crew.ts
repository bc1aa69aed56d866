/** Processes that share the errands: grading is work for a processor, and sellers in one process would wait for each other. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Errand, Grading } from './grading.ts';

/** This file's ending says which of sources and build runs. */
const WORKER = join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? 'worker.ts' : 'worker.js');

export interface Crew {
  /** Grades when a process is free; rejects when that one breaks, and with an AbortError once the crew is dismissed. */
  grade(errand: Errand): Promise<Grading>;
  dismiss(): Promise<void>;
}

interface Waiting {
  readonly errand: Errand;
  readonly resolve: (grading: Grading) => void;
  readonly reject: (error: unknown) => void;
}

/** Where data lies that nobody keeps: in memory where the system offers that, since sellers wait for the disk at every commit. */
const PASSING = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** @param jobs how many errands are done at a time */
export function crewOf(jobs: number): Crew {
  const folder = mkdtempSync(join(PASSING, 'adwright-prove-'));
  const queue: Waiting[] = [];
  const idle: ChildProcess[] = [];
  const busy = new Map<ChildProcess, Waiting>();

  const handOut = () => {
    while (queue.length > 0 && (idle.length > 0 || busy.size < jobs)) {
      const worker = idle.pop() ?? hire();
      const waiting = queue.shift()!;
      busy.set(worker, waiting);
      worker.send(waiting.errand);
    }
  };
  const hire = (): ChildProcess => {
    const worker = fork(WORKER, [folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    worker.on('message', (grading: Grading) => {
      busy.get(worker)?.resolve(grading);
      busy.delete(worker);
      idle.push(worker);
      handOut();
    });
    worker.on('exit', (code) => {
      busy.get(worker)?.reject(new Error(`a process that graded ended with ${code}`));
      busy.delete(worker);
      handOut();
    });
    return worker;
  };

  return {
    grade: (errand) => new Promise((resolve, reject) => {
      queue.push({ errand, resolve, reject });
      handOut();
    }),
    async dismiss() {
      const over = new DOMException('dismissed', 'AbortError');
      for (const { reject } of [...queue.splice(0), ...busy.values()]) reject(over);
      const workers = [...busy.keys(), ...idle.splice(0)];
      busy.clear();
      await Promise.all(workers.map((worker) => ended(worker)));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ended(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const gone = once(worker, 'exit');
  worker.disconnect();
  await gone;
}
