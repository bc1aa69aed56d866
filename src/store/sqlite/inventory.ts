import type { Inventory } from '../../domain/inventory.ts';
import type { Statements } from './rows.ts';

const KINDS = ['products', 'formats', 'signals'] as const satisfies readonly (keyof Inventory)[];

/** One inventory, replaced as a whole. */
export class StoredInventory {
  readonly #sql: Statements;

  constructor(statements: Statements) {
    this.#sql = statements;
  }

  get(): Inventory | undefined {
    const rows = this.#sql.all<{ kind: string; document: string }>('SELECT kind, document FROM inventory ORDER BY seq');
    if (rows.length === 0) return undefined;
    const of = <Document>(kind: string): Document[] => rows.filter((row) => row.kind === kind).map(({ document }) => JSON.parse(document) as Document);
    return { products: of('products'), formats: of('formats'), signals: of('signals') };
  }

  put(inventory: Inventory): void {
    this.#sql.run('DELETE FROM inventory');
    for (const kind of KINDS) for (const document of inventory[kind]) this.#sql.run('INSERT INTO inventory (kind, document) VALUES (?, ?)', kind, JSON.stringify(document));
  }
}
