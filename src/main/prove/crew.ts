/**
 * Processes that share the errands. Grading is work for a processor in its first second and waiting for the rest, where webhooks
 * are asked about: so there is a process for each processor, and each grades several sellers at a time.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Errand, Grading } from './grading.ts';

/** This file's ending says which of sources and build runs. */
const WORKER = join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? 'worker.ts' : 'worker.js');

export interface Crew {
  /** Grades when there is room; rejects when the process that grades breaks, and with an AbortError once the crew is dismissed. */
  grade(errand: Errand): Promise<Grading>;
  dismiss(): Promise<void>;
}

/** What a process is told, and what it answers. */
export interface Handed { readonly number: number; readonly errand: Errand }
export interface Returned { readonly number: number; readonly grading: Grading }

interface Waiting extends Handed {
  readonly resolve: (grading: Grading) => void;
  readonly reject: (error: unknown) => void;
}

/** Where data lies that nobody keeps: in memory where the system offers that, since sellers wait for the disk at every commit. */
const PASSING = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** @param jobs how many errands are done at a time */
export function crewOf(jobs: number): Crew {
  const folder = mkdtempSync(join(PASSING, 'adwright-prove-'));
  const most = Math.min(jobs, availableParallelism());
  const queue: Waiting[] = [];
  const workers = new Map<ChildProcess, Map<number, Waiting>>();
  let numbers = 0;

  const atWork = (): number => [...workers.values()].reduce((sum, { size }) => sum + size, 0);
  const handOut = () => {
    while (queue.length > 0 && atWork() < jobs) {
      const [worker, errands] = workers.size < most ? hire() : [...workers].reduce((one, other) => (other[1].size < one[1].size ? other : one));
      const { number, errand, ...waiting } = queue.shift()!;
      errands.set(number, { number, errand, ...waiting });
      worker.send({ number, errand } satisfies Handed);
    }
  };
  const hire = (): readonly [ChildProcess, Map<number, Waiting>] => {
    const worker = fork(WORKER, [folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const errands = new Map<number, Waiting>();
    workers.set(worker, errands);
    worker.on('message', ({ number, grading }: Returned) => {
      errands.get(number)?.resolve(grading);
      errands.delete(number);
      handOut();
    });
    worker.on('exit', (code) => {
      workers.delete(worker);
      for (const { reject } of errands.values()) reject(new Error(`a process that graded ended with ${code}`));
      handOut();
    });
    return [worker, errands];
  };

  return {
    grade: (errand) => new Promise((resolve, reject) => {
      queue.push({ number: numbers += 1, errand, resolve, reject });
      handOut();
    }),
    async dismiss() {
      const over = new DOMException('dismissed', 'AbortError');
      for (const { reject } of [...queue.splice(0), ...[...workers.values()].flatMap((errands) => [...errands.values()])]) reject(over);
      await Promise.all([...workers.keys()].map((worker) => ended(worker)));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ended(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const gone = once(worker, 'exit');
  if (worker.connected) worker.disconnect();
  await gone;
}
