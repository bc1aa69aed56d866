import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { withinWindow } from '../../domain/ports/attribution-policy.ts';
import type { Store } from '../../domain/ports/store.ts';
import { openDatabase } from './database.ts';
import { Statements } from './rows.ts';
import { storeOver } from './store.ts';
import { tablesOver } from './tables.ts';
import { ThreadCommitter } from './thread-committer.ts';
import type { WriteThreadData } from './write-thread.ts';

const THREAD = join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? 'write-thread.ts' : 'write-thread.js');

const writeThread = (workerData: WriteThreadData): Worker => new Worker(THREAD, { workerData });

/**
 * The embedded store with a thread that writes, so that calls are read and checked while others go to disk. It counts events within
 * their windows, as production does: a policy of another kind is a function, which cannot travel to the thread.
 * @param begin starts the thread
 * @throws StoreInUse when another process holds the file
 */
export function openThreadedStore(options: WriteThreadData, begin: (data: WriteThreadData) => Worker = writeThread): Store {
  const { sql, close } = openDatabase(options.file);
  const tables = tablesOver(new Statements(sql), withinWindow(options.multi_source_event_dedup));
  tables.jobs.releaseAll();
  return storeOver(tables, new ThreadCommitter(() => begin(options)), close);
}
