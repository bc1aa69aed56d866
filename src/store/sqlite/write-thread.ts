/** The thread that writes: a connection of its own, which commits together whatever has come since the last commit. */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { withinWindow } from '../../domain/ports/attribution-policy.ts';
import { connect } from './database.ts';
import { commitTogether, type Outcome } from './group-commit.ts';
import { Statements } from './rows.ts';
import { tablesOver } from './tables.ts';
import type { Write } from './write.ts';

/** What the thread is started with. */
export interface WriteThreadData {
  readonly file: string;
  readonly multi_source_event_dedup: boolean;
}

/** A group of writes; each is answered, in the order in which they came. */
export type ToWriteThread = readonly Write[] | 'close';
/** What came of each write of each group. */
export type FromWriteThread = readonly (readonly Outcome[])[];

const port = parentPort!;
const { file, multi_source_event_dedup } = workerData as WriteThreadData;
const sql = connect(file);
const tables = tablesOver(new Statements(sql), withinWindow(multi_source_event_dedup));

port.on('message', (first: ToWriteThread) => {
  const groups: (readonly Write[])[] = [];
  let message: ToWriteThread | undefined = first;
  for (; message !== undefined && message !== 'close'; message = next()) groups.push(message);
  if (groups.length > 0) commit(groups);
  if (message === 'close') end();
});

const next = (): ToWriteThread | undefined => (receiveMessageOnPort(port) as { message: ToWriteThread } | undefined)?.message;

function commit(groups: readonly (readonly Write[])[]): void {
  const outcomes = commitTogether(groups.flat(), tables);
  port.postMessage(groups.map(({ length }) => outcomes.splice(0, length)) satisfies FromWriteThread);
}

function end(): void {
  sql.close();
  port.close();
}
