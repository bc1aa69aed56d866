import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { withinWindow } from '../../domain/ports/attribution-policy.ts';
import type { Store } from '../../domain/ports/store.ts';
import { openDatabase } from './database.ts';
import type { Outcome } from './group-commit.ts';
import { Statements } from './rows.ts';
import { storeOver } from './store.ts';
import { tablesOver } from './tables.ts';
import type { FromWriteThread, ToWriteThread, WriteThreadData } from './write-thread.ts';
import type { Committer } from './writer.ts';

const THREAD = join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? 'write-thread.ts' : 'write-thread.js');

/**
 * The embedded store with a thread that writes, so that calls are read and checked while others go to disk. It counts events within
 * their windows, as production does: a policy of another kind is a function, which cannot travel to the thread.
 * @throws StoreInUse when another process holds the file
 */
export function openThreadedStore(options: WriteThreadData): Store {
  const { sql, close } = openDatabase(options.file);
  const tables = tablesOver(new Statements(sql), withinWindow(options.multi_source_event_dedup));
  tables.jobs.releaseAll();
  return storeOver(tables, writeThread(options), close);
}

/** A thread that dies fails what waits for it, and all that comes after. */
function writeThread(data: WriteThreadData): Committer {
  const thread = new Worker(THREAD, { workerData: data });
  const waiting: ((outcomes: readonly Outcome[]) => void)[] = [];
  let dead: Error | undefined;
  thread.on('message', (groups: FromWriteThread) => { for (const outcomes of groups) waiting.shift()!(outcomes); });
  thread.on('error', (error) => { dead = error; });
  const gone = new Promise<void>((resolve) => {
    thread.on('exit', () => {
      dead ??= new Error('the thread that writes has ended');
      for (const told of waiting.splice(0)) told([]);
      resolve();
    });
  });
  return {
    commit(writes, told) {
      if (dead) return told(writes.map(() => ({ kind: 'failed', error: dead })));
      waiting.push((outcomes) => told(outcomes.length > 0 ? outcomes : writes.map(() => ({ kind: 'failed', error: dead }))));
      thread.postMessage(writes satisfies ToWriteThread);
    },
    close() {
      thread.postMessage('close' satisfies ToWriteThread);
      return gone;
    },
  };
}
