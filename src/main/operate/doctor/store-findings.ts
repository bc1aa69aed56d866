/** Whether the store can be opened, is whole, and does its work. */
import { accessSync, constants, existsSync } from 'node:fs';
import type { Config } from '../../../config/config.ts';
import type { Examination } from '../../../domain/ports/examination.ts';
import { storeName } from '../opened.ts';
import { fine, failure, warning, type Finding } from './finding.ts';

/** For how long a job may have been due before somebody should look. */
const LATE_MS = 15 * 60_000;
/** By how much what is written may be newer than now. */
const SKEW_MS = 60_000;

/** @param found undefined when there is no store yet */
export function storeFindings(config: Pick<Config, 'data' | 'database_url'>, found: Examination | undefined, now: Date): readonly Finding[] {
  const folder = folderFinding(config.data);
  const [name, shared] = [storeName(config), config.database_url !== undefined];
  if (found === undefined) return [folder, warning('store', `there is none at ${name} yet`, 'nothing, before the first start; else name the data folder with --data, or adwright restore a copy')];
  if (found.kind === 'unreadable')
    return [folder, failure('store', found.reason, shared ? 'start the database, and see that its address and the password in DATABASE_URL are right' : 'adwright restore puts a copy in its place')];
  const { migration, newest, damage, served, last_written, waiting, failed_jobs } = found;
  if (migration === 0) return [folder, warning('store', `${name} answers, and holds no store yet`, 'nothing, before the first start; else name another database in DATABASE_URL')];
  const sound = `${name} ${shared ? 'answers' : 'is sound'}${served ? `, and ${shared ? 'servers use it' : 'a server has it'}` : ''}`;
  return [
    folder,
    damage === undefined ? fine('store', sound) : failure('store', `${name} is damaged: ${damage}`, 'stop the server, and adwright restore a copy'),
    migrationFinding(migration, newest, shared),
    clockFinding(last_written, now),
    queueFinding(waiting, now),
    failed_jobs === 0 ? fine('jobs', 'none was given up') : warning('jobs', `${failed_jobs} were given up`, 'adwright webhooks list --status failed shows webhooks among them; the log says why'),
  ];
}

function folderFinding(data: string): Finding {
  try {
    if (existsSync(data)) accessSync(data, constants.W_OK | constants.R_OK);
    return fine('data', `${data} can be written`);
  } catch {
    return failure('data', `${data} cannot be written`, 'give it to the user that the server runs as, or choose another with --data');
  }
}

function migrationFinding(migration: number, newest: number, shared: boolean): Finding {
  if (migration === newest) return fine('migrations', `at ${migration}, the newest`);
  if (migration < newest) return warning('migrations', `at ${migration} of ${newest}`, `${shared ? 'pg_dump' : 'adwright backup'} first; the next start brings it to the newest, and there is no way back`);
  return failure('migrations', `at ${migration}, newer than this program's ${newest}`, 'run the newer program');
}

function clockFinding(last_written: string | undefined, now: Date): Finding {
  const ahead = last_written === undefined ? 0 : Date.parse(last_written) - now.getTime();
  if (ahead <= SKEW_MS) return fine('clock', `${now.toISOString()}, behind nothing that is written`);
  return failure('clock', `the store was last written at ${last_written}, and now is ${now.toISOString()}`, 'set the clock of this machine, by NTP if it can be');
}

function queueFinding({ count, oldest_run_at }: { readonly count: number; readonly oldest_run_at?: string }, now: Date): Finding {
  const late = oldest_run_at === undefined ? 0 : now.getTime() - Date.parse(oldest_run_at);
  if (late <= LATE_MS) return fine('queue', `${count} jobs wait`);
  return warning('queue', `${count} jobs wait, the oldest has been due for ${Math.round(late / 60_000)} minutes`, 'start the server; if it runs, its log says what keeps failing');
}
