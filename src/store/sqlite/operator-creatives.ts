/** Creatives as an operator sees them: in libraries, and on packages. */
import type { CreativeRecord } from '../../domain/creative.ts';
import type { MediaBuyRecord } from '../../domain/media-buy.ts';
import type { OperatorStore } from '../../domain/ports/operator-store.ts';
import { Conditions, recordOf, type Statements } from './rows.ts';

const OF_PRODUCTS = `EXISTS (SELECT 1 FROM json_each(m.record, '$.packages') p WHERE json_extract(p.value, '$.package.package_id') = a.package_id
  AND json_extract(p.value, '$.package.product_id') IN (SELECT value FROM json_each(?)))`;

export function operatorCreatives(rows: Statements): Pick<OperatorStore, 'creatives' | 'assignedCreatives'> {
  return {
    async creatives({ creative_id, principal_id, account_id, status }, limit) {
      const where = new Conditions().and('purged_at IS NULL').when(creative_id, 'creative_id = ?').when(principal_id, 'principal_id = ?').when(status, 'status = ?')
        .when(account_id, "json_extract(record, '$.account_id') = ?");
      return rows.all<{ record: string }>(`SELECT record FROM creatives WHERE ${where} ORDER BY seq DESC LIMIT ?`, ...where.values, limit).map((row) => recordOf<CreativeRecord>(row));
    },
    async assignedCreatives({ products, creative, package_id }, limit) {
      const where = new Conditions().and('c.purged_at IS NULL').when(creative?.library, 'c.library = ?').when(creative?.creative_id, 'c.creative_id = ?').when(package_id, 'a.package_id = ?')
        .when(products && JSON.stringify(products), OF_PRODUCTS);
      const found = rows.all<{ package_id: string; buy: string; creative: string }>(
        `SELECT a.package_id, m.record buy, c.record creative FROM creative_assignments a JOIN media_buys m ON m.seq = a.buy
         JOIN creatives c ON c.library = m.library AND c.creative_id = a.creative_id WHERE ${where} ORDER BY a.assigned_date DESC LIMIT ?`, ...where.values, limit);
      return found.map((row) => ({ package_id: row.package_id, buy: JSON.parse(row.buy) as MediaBuyRecord, creative: JSON.parse(row.creative) as CreativeRecord }));
    },
  };
}
