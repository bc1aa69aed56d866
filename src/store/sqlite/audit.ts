/**
 * What was done, by whom, to what: one entry a commit, written in the transaction that does it. Entries are chained: the hash of each
 * (SHA-256) covers its number, its members and the hash before it, so that whoever knows a hash can tell whether anything up to it was touched since.
 */
import { createHash } from 'node:crypto';
import type { AuditEntry } from '../../domain/ports/store.ts';
import type { Statements } from './rows.ts';

export interface AuditRow {
  readonly seq: number;
  readonly at: string;
  readonly principal_id: string;
  readonly account_id: string | null;
  readonly task: string;
  /** JSON. */
  readonly subjects: string;
  /** Null in entries from before there was a chain. */
  readonly hash: Buffer | null;
}

/** What the first entry's hash covers in the place of one before it. */
export const GENESIS: Buffer = Buffer.alloc(32);

export function chained(before: Buffer, { seq, at, principal_id, account_id, task, subjects }: Omit<AuditRow, 'hash'>): Buffer {
  return createHash('sha256').update(before).update(JSON.stringify([seq, at, principal_id, account_id, task, subjects])).digest();
}

export function writeAudit(sql: Statements, { at, principal_id, account_id, task, subjects }: AuditEntry): void {
  const last = sql.get<{ seq: number; hash: Buffer | null }>('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1');
  const row = { seq: (last?.seq ?? 0) + 1, at, principal_id, account_id: account_id ?? null, task, subjects: JSON.stringify(subjects) };
  sql.run('INSERT INTO audit (seq, at, principal_id, account_id, task, subjects, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
    row.seq, at, principal_id, row.account_id, task, row.subjects, chained(last?.hash ?? GENESIS, row));
}
