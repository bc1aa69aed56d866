/**
 * What was done, by whom, to what: entries are chained. The hash of each (SHA-256) covers its number, its members and the hash before it, so that
 * whoever knows a hash can tell whether anything up to it was touched since.
 */
import { createHash } from 'node:crypto';
import type { AuditVerdict, ListedEntry } from '../domain/ports/audit-trail.ts';

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

/** Walks along a trail from its first entry on, and tells where the chain breaks. */
export class AuditWalk {
  readonly #head: string | undefined;
  #before = GENESIS;
  #entries = 0;
  #unchained = 0;
  #seen: boolean;

  /** @param head a hash in hex that was noted elsewhere before */
  constructor(head?: string) {
    this.#head = head;
    this.#seen = head === undefined;
  }

  /** @returns a verdict when the chain breaks here: nothing behind it needs to be looked at */
  next(row: AuditRow): AuditVerdict | undefined {
    const seq = this.#entries + 1;
    if (row.seq !== seq) return { kind: 'broken', seq, reason: 'missing' };
    if (row.hash === null && this.#before !== GENESIS) return { kind: 'broken', seq, reason: 'unchained' };
    if (row.hash === null) this.#unchained += 1;
    else if (!chained(this.#before, row).equals(row.hash)) return { kind: 'broken', seq, reason: 'changed' };
    else this.#before = row.hash;
    this.#seen ||= this.#before.toString('hex') === this.#head;
    this.#entries = seq;
    return undefined;
  }

  /** When there is no further entry. */
  end(): AuditVerdict {
    const entries = this.#entries;
    if (!this.#seen) return { kind: 'head_lost', entries };
    return { kind: 'whole', entries, unchained: this.#unchained, ...(this.#before === GENESIS ? {} : { head: this.#before.toString('hex') }) };
  }
}

export const listedEntry = ({ subjects, hash, ...entry }: AuditRow): ListedEntry =>
  ({ ...entry, subjects: JSON.parse(subjects) as string[], ...(hash === null ? {} : { hash: hash.toString('hex') }) });
