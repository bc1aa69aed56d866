/** The audit trail of the embedded store, read beside its server. */
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { AuditTrail, AuditVerdict } from '../../domain/ports/audit-trail.ts';
import { OperatorError } from '../../domain/ports/operator-store.ts';
import { AuditWalk, listedEntry, type AuditRow } from '../audit-chain.ts';
import { Conditions, Statements } from './rows.ts';

/** @throws OperatorError when there is no store */
export function openAuditTrail(file: string): AuditTrail {
  const sql = readOnly(file);
  return {
    async entries({ principal_id, task, subject, since }, limit) {
      const where = new Conditions().and('1').when(principal_id, 'principal_id = ?').when(task, 'task = ?').when(since, 'at >= ?')
        .when(subject, 'EXISTS (SELECT 1 FROM json_each(subjects) WHERE value = ?)');
      return new Statements(sql).all<AuditRow>(`SELECT ${COLUMNS} FROM audit WHERE ${where} ORDER BY seq DESC LIMIT ?`, ...where.values, limit).map(listedEntry);
    },
    verify: async (head) => verdictOn(sql, head),
    close: async () => void sql.close(),
  };
}

/** The verdict on a store's trail. @throws OperatorError when there is no store */
export function verifyAudit(file: string, head?: string): AuditVerdict {
  const sql = readOnly(file);
  try {
    return verdictOn(sql, head);
  } finally {
    sql.close();
  }
}

const COLUMNS = 'seq, at, principal_id, account_id, task, subjects, hash';

function verdictOn(sql: Database.Database, head: string | undefined): AuditVerdict {
  const walk = new AuditWalk(head);
  for (const row of sql.prepare(`SELECT ${COLUMNS} FROM audit ORDER BY seq`).iterate() as IterableIterator<AuditRow>) {
    const verdict = walk.next(row);
    if (verdict) return verdict;
  }
  return walk.end();
}

function readOnly(file: string): Database.Database {
  if (!existsSync(file)) throw new OperatorError(`there is no store at ${file}; name the data folder with --data`);
  return new Database(file, { readonly: true });
}
