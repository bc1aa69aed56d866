/** What is found when a seller has been killed for the last time, has come back, has done what it owed, and was stopped. */
import { setTimeout } from 'node:timers/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { AuditVerdict } from '../../src/domain/ports/audit-trail.ts';
import type { Delivered } from '../support/receiver.ts';
import type { Tool } from '../support/mcp-call.ts';
import { adwright } from '../support/process.ts';
import { sameOnReplay, type Json, type Operation } from './operation.ts';
import type { Subject } from './subjects.ts';

export interface Replay {
  readonly operation: Operation;
  readonly answer: Json;
  readonly wasReplayed: boolean;
}

export interface Evidence {
  /** Every call of every buyer, sent once more under its key. */
  readonly replays: readonly Replay[];
  /** Budgets by the id of the buy. */
  readonly buys: ReadonlyMap<string, number>;
  /** Of the buy whose goal names what the shops report to. */
  readonly conversions: number;
  readonly audience_members: number;
  /** How many entries the audit has, by task. */
  readonly audited: ReadonlyMap<string, number>;
  readonly outbox: readonly { readonly webhook_id: string; readonly status: string }[];
  readonly deliveries: readonly Pick<Delivered, 'text' | 'body' | 'headers'>[];
  /** What `adwright rebuild` printed. */
  readonly rebuilt: string;
  /** What stands in the way, as `adwright doctor` says. */
  readonly doctor: readonly string[];
  /** Of the whole trail, and of each head that was noted after a kill. */
  readonly trail: readonly AuditVerdict['kind'][];
}

const AT_ONCE = 8;

export async function replayed(operations: readonly Operation[], call: Tool): Promise<readonly Replay[]> {
  const left = operations.filter(({ acknowledged }) => acknowledged !== undefined);
  const replays: Replay[] = [];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let operation = left.pop(); operation !== undefined; operation = left.pop()) {
      const { document } = await call(operation.task, operation.request);
      replays.push({ operation, answer: sameOnReplay(document), wasReplayed: document['replayed'] === true });
    }
  }));
  return replays;
}

/** Budgets of all buys of the account, by id. */
export async function budgets(call: Tool, account: Json): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  let cursor: string | undefined;
  do {
    const { document } = await call('get_media_buys', { account, pagination: { max_results: 100, ...(cursor ? { cursor } : {}) } });
    for (const { media_buy_id, packages } of document['media_buys'] as { media_buy_id: string; packages: { budget: number }[] }[]) found.set(media_buy_id, packages[0]!.budget);
    ({ cursor } = (document['pagination'] ?? {}) as { cursor?: string });
  } while (cursor !== undefined);
  return found;
}

/** Resolves when no webhook waits any more, or after a minute. @param file the store of a seller that serves */
export async function delivered(file: string): Promise<void> {
  const sql = new Database(file, { readonly: true });
  const waiting = sql.prepare("SELECT count(*) n FROM webhooks WHERE status = 'pending'");
  for (let turn = 0; turn < 600 && (waiting.get() as { n: number }).n > 0; turn += 1) await setTimeout(100);
  sql.close();
}

/** What lies in the store of a seller that was stopped. */
export function stored(file: string): Pick<Evidence, 'audited' | 'outbox' | 'audience_members'> {
  const sql = new Database(file, { readonly: true });
  try {
    const audited = sql.prepare('SELECT task, count(*) n FROM audit GROUP BY task').all() as { task: string; n: number }[];
    return {
      audited: new Map(audited.map(({ task, n }) => [task, n])),
      outbox: sql.prepare('SELECT webhook_id, status FROM webhooks').all() as Evidence['outbox'],
      audience_members: (sql.prepare('SELECT count(*) n FROM audience_members').get() as { n: number }).n,
    };
  } finally {
    sql.close();
  }
}

/** What the operator's own commands make of it. */
export async function examined(folder: string, { flags }: Subject): Promise<Pick<Evidence, 'rebuilt' | 'doctor'>> {
  const data = ['--data', join(folder, 'data')];
  const config = flags[0] === '--config' ? flags : [];
  const rebuilt = await adwright(['rebuild', ...config, ...data]);
  const doctor = await adwright(['doctor', '--offline', '--json', ...flags, ...data]);
  const findings = doctor.stdout.trim().split('\n').map((line) => JSON.parse(line) as { standing: string; subject: string; message: string });
  return { rebuilt: rebuilt.stdout + rebuilt.stderr, doctor: findings.filter(({ standing }) => standing === 'fail').map(({ subject, message }) => `${subject}: ${message}`) };
}
