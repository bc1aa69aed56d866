/**
 * What was done, by whom, to what: entries are chained. The hash of each (SHA-256) covers its number, its members and the hash before it, so that
 * whoever knows a hash can tell whether anything up to it was touched since.
 */
import { createHash } from 'node:crypto';

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
