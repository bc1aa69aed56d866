/** The audit trail as its reader sees it: listed, and held to its chain. */
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { chained, GENESIS, type AuditRow } from '../audit-chain.ts';
import { OperatorError } from './operator.ts';
import { Conditions, Statements } from './rows.ts';

export interface AuditQuery {
  readonly principal_id?: string;
  readonly task?: string;
  /** `media_buy:mb_...` and the like, exactly. */
  readonly subject?: string;
  /** ISO 8601, inclusive. */
  readonly since?: string;
}

export type AuditVerdict =
  /** `unchained`: entries from before there was a chain. `head`: the newest hash, in hex; absent when nothing is chained. */
  | { readonly kind: 'whole'; readonly entries: number; readonly unchained: number; readonly head?: string }
  /** The entry at which the chain breaks first; everything before it is as it was written. */
  | { readonly kind: 'broken'; readonly seq: number; readonly reason: 'missing' | 'changed' | 'unchained' }
  /** The head that was noted is not in the chain: entries were taken off its end, or all of it was written anew. */
  | { readonly kind: 'head_lost'; readonly entries: number };

/** @throws OperatorError when there is no store */
function reading<Result>(file: string, read: (sql: Database.Database) => Result): Result {
  if (!existsSync(file)) throw new OperatorError(`there is no store at ${file}; name the data folder with --data`);
  const sql = new Database(file, { readonly: true });
  try {
    return read(sql);
  } finally {
    sql.close();
  }
}

/** Newest first. */
export const auditEntries = (file: string, { principal_id, task, subject, since }: AuditQuery, limit: number): readonly AuditRow[] => reading(file, (sql) => {
  const where = new Conditions().and('1').when(principal_id, 'principal_id = ?').when(task, 'task = ?').when(since, 'at >= ?')
    .when(subject, 'EXISTS (SELECT 1 FROM json_each(subjects) WHERE value = ?)');
  return new Statements(sql).all<AuditRow>(`SELECT seq, at, principal_id, account_id, task, subjects, hash FROM audit WHERE ${where} ORDER BY seq DESC LIMIT ?`, ...where.values, limit);
});

/**
 * Reads the whole trail and recomputes its chain.
 * @param head a hash in hex that was noted elsewhere before; without one, entries taken off the end do not show
 */
export const verifyAudit = (file: string, head?: string): AuditVerdict => reading(file, (sql) => {
  let [before, next, entries, unchained, seen] = [GENESIS, 1, 0, 0, head === undefined];
  for (const row of sql.prepare('SELECT seq, at, principal_id, account_id, task, subjects, hash FROM audit ORDER BY seq').iterate() as IterableIterator<AuditRow>) {
    if (row.seq !== next) return { kind: 'broken', seq: next, reason: 'missing' };
    const begun = before !== GENESIS;
    if (row.hash === null && begun) return { kind: 'broken', seq: row.seq, reason: 'unchained' };
    if (row.hash === null) unchained += 1;
    else if (!chained(before, row).equals(row.hash)) return { kind: 'broken', seq: row.seq, reason: 'changed' };
    else before = row.hash;
    seen ||= before.toString('hex') === head;
    [next, entries] = [next + 1, entries + 1];
  }
  if (!seen) return { kind: 'head_lost', entries };
  return { kind: 'whole', entries, unchained, ...(before === GENESIS ? {} : { head: before.toString('hex') }) };
});
