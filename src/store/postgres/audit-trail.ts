/** The audit trail of the shared store, read beside its servers. */
import type { AuditTrail } from '../../domain/ports/audit-trail.ts';
import { AuditWalk, listedEntry, type AuditRow } from '../audit-chain.ts';
import { openConnections } from './connections.ts';
import { OPERATOR } from './operator.ts';
import { every, raw, sql, when } from './sql.ts';

const COLUMNS = raw('seq, at, principal_id, account_id, task, subjects, hash');
/** So many are read at once. */
const TOGETHER = 5_000;

export function openPostgresAuditTrail(url: string): AuditTrail {
  const db = openConnections({ url, connections: 1, application: OPERATOR });
  return {
    async entries({ principal_id, task, subject, since }, limit) {
      const where = every(
        when(principal_id, (id) => sql`principal_id = ${id}`), when(task, (name) => sql`task = ${name}`), when(since, (time) => sql`at >= ${time}`),
        when(subject, (one) => sql`position(${JSON.stringify(one)} IN subjects) > 0`));
      return (await db.all<AuditRow>(sql`SELECT ${COLUMNS} FROM audit WHERE ${where} ORDER BY seq DESC LIMIT ${limit}`)).map(listedEntry);
    },
    async verify(head) {
      const walk = new AuditWalk(head);
      for (let last = 0; ;) {
        const rows = await db.all<AuditRow>(sql`SELECT ${COLUMNS} FROM audit WHERE seq > ${last} ORDER BY seq LIMIT ${TOGETHER}`);
        for (const row of rows) {
          const verdict = walk.next(row);
          if (verdict) return verdict;
        }
        if (rows.length === 0) return walk.end();
        last = rows.at(-1)!.seq;
      }
    },
    close: () => db.close(),
  };
}
