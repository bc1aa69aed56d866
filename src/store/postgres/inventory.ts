import type { Inventory } from '../../domain/inventory.ts';
import type { Queries } from './connections.ts';
import { sql } from './sql.ts';

const KINDS = ['products', 'formats', 'signals'] as const satisfies readonly (keyof Inventory)[];

export async function inventory(db: Queries): Promise<Inventory | undefined> {
  const rows = await db.all<{ kind: string; document: never }>(sql`SELECT kind, document FROM inventory ORDER BY seq`);
  if (rows.length === 0) return undefined;
  const of = (kind: string): never[] => rows.filter((row) => row.kind === kind).map(({ document }) => document);
  return { products: of('products'), formats: of('formats'), signals: of('signals') };
}

/** One inventory, replaced as a whole. */
export async function putInventory(tx: Queries, given: Inventory): Promise<void> {
  await tx.run(sql`LOCK TABLE inventory IN SHARE ROW EXCLUSIVE MODE`);
  await tx.run(sql`DELETE FROM inventory`);
  for (const kind of KINDS)
    await tx.run(
      sql`INSERT INTO inventory (kind, document) SELECT ${kind}, document
          FROM unnest(${given[kind].map((document) => JSON.stringify(document))}::json[]) WITH ORDINALITY AS d (document, rank) ORDER BY rank`);
}
