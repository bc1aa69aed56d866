/** One entry a commit, written in the transaction that does what it tells of. */
import type { AuditEntry } from '../../domain/ports/store.ts';
import { chained, GENESIS } from '../audit-chain.ts';
import type { Statements } from './rows.ts';

export function writeAudit(sql: Statements, { at, principal_id, account_id, task, subjects }: AuditEntry): void {
  const last = sql.get<{ seq: number; hash: Buffer | null }>('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1');
  const row = { seq: (last?.seq ?? 0) + 1, at, principal_id, account_id: account_id ?? null, task, subjects: JSON.stringify(subjects) };
  sql.run('INSERT INTO audit (seq, at, principal_id, account_id, task, subjects, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
    row.seq, at, principal_id, row.account_id, task, row.subjects, chained(last?.hash ?? GENESIS, row));
}
