/** Creatives as an operator sees them: in libraries, and on packages. */
import type { CreativeRecord } from '../../domain/creative.ts';
import type { AssignedCreative, OperatorStore } from '../../domain/ports/operator-store.ts';
import type { Queries } from './connections.ts';
import { recordsOf } from './rows.ts';
import { every, raw, sql, when } from './sql.ts';

export function operatorCreatives(db: Queries): Pick<OperatorStore, 'creatives' | 'assignedCreatives'> {
  return {
    async creatives({ creative_id, principal_id, account_id, status }, limit) {
      const where = every(
        raw('purged_at IS NULL'), when(creative_id, (id) => sql`creative_id = ${id}`), when(principal_id, (id) => sql`principal_id = ${id}`),
        when(account_id, (id) => sql`account_id = ${id}`), when(status, (value) => sql`status = ${value}`));
      return recordsOf(await db.all<{ record: CreativeRecord }>(sql`SELECT record FROM creatives WHERE ${where} ORDER BY seq DESC LIMIT ${limit}`));
    },
    assignedCreatives({ products, creative, package_id }, limit) {
      const where = every(
        raw('c.purged_at IS NULL'), when(creative, ({ library, creative_id }) => sql`c.library = ${library} AND c.creative_id = ${creative_id}`),
        when(package_id, (id) => sql`a.package_id = ${id}`),
        when(products, (some) => sql`EXISTS (SELECT 1 FROM packages p WHERE p.buy = a.buy AND p.package_id = a.package_id AND p.product_id = ANY(${some}::text[]))`));
      return db.all<AssignedCreative>(
        sql`SELECT a.package_id, m.record AS buy, c.record AS creative FROM creative_assignments a JOIN media_buys m ON m.seq = a.buy
            JOIN creatives c ON c.library = m.library AND c.creative_id = a.creative_id WHERE ${where} ORDER BY a.assigned_date DESC LIMIT ${limit}`);
    },
  };
}
