import type { AuditEntry } from '../../domain/ports/store.ts';

/** What an operator did, for the audit trail. @param subjects what was touched: `api_key:key_...`, `task:task_...` */
export const act = (task: string, now: Date, ...subjects: readonly string[]): AuditEntry => ({ at: now.toISOString(), principal_id: 'operator', task, subjects });
