/** One entry a commit, written in the transaction that does what it tells of. */
import type { AuditEntry } from '../../domain/ports/store.ts';
import { chained, GENESIS } from '../audit-chain.ts';
import type { Queries } from './connections.ts';
import { sql } from './sql.ts';

/** Holds the end of the chain from now until the transaction ends, so that it stands last in each. */
export async function writeAudit(tx: Queries, { at, principal_id, account_id = null, task, subjects }: { readonly account_id?: string | null } & Omit<AuditEntry, 'account_id'>): Promise<void> {
  const head = (await tx.get<{ seq: number; hash: Buffer | null }>(sql`SELECT seq, hash FROM audit_head FOR UPDATE`))!;
  const row = { seq: head.seq + 1, at, principal_id, account_id, task, subjects: JSON.stringify(subjects) };
  const hash = chained(head.hash ?? GENESIS, row);
  await tx.run(
    sql`WITH entry AS (
          INSERT INTO audit (seq, at, principal_id, account_id, task, subjects, hash)
          VALUES (${row.seq}, ${at}, ${principal_id}, ${account_id}, ${task}, ${row.subjects}, ${hash}) RETURNING seq, hash)
        UPDATE audit_head SET seq = entry.seq, hash = entry.hash FROM entry`);
}
