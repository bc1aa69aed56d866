import type { AuditEntry } from '../../domain/ports/store.ts';
import type { Statements } from './rows.ts';

/** Writes down what was done, within the transaction that does it. */
export function writeAudit(sql: Statements, { at, principal_id, account_id, task, subjects }: AuditEntry): void {
  sql.run('INSERT INTO audit (at, principal_id, account_id, task, subjects) VALUES (?, ?, ?, ?, ?)', at, principal_id, account_id ?? null, task, JSON.stringify(subjects));
}
