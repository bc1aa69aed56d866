/**
 * What test runs put into the catalogue, on disk. Seeds that arrive between two looks at the catalogue are one batch:
 * the newest batch is what a run has just set up for itself.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Statements } from '../src/store/sqlite/rows.ts';
import type { ProductSeed } from './catalogue/merged-row.ts';
import type { Fixture, PricingRow } from './catalogue/row.ts';

export interface SeededProduct extends ProductSeed {
  readonly batch: number;
}

export interface SeededFormat {
  readonly id: string;
  readonly fixture: Fixture;
}

export interface Seeds {
  /** Replaces what was seeded of the product before, its pricing options included. */
  putProduct(principal_id: string, product_id: string, fixture: Fixture): void;
  putPricingOption(principal_id: string, product_id: string, option: PricingRow): void;
  putFormat(principal_id: string, id: string, fixture: Fixture): void;
  /** Newest batch first; within a batch in seed order. */
  products(principal_id: string): readonly SeededProduct[];
  product(principal_id: string, product_id: string): SeededProduct | undefined;
  /** In seed order. */
  formats(principal_id: string): readonly SeededFormat[];
  /** What is seeded from now on is another batch. */
  endBatch(principal_id: string): void;
  /** The newest batch that a search has seen, and the newest of which something was bought or for which creatives were sent; 0: none. */
  searched(principal_id: string): number;
  spent(principal_id: string): number;
  /** Never goes back. */
  mark(principal_id: string, mark: 'searched' | 'spent', batch: number): void;
  close(): void;
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS products (
  seq INTEGER PRIMARY KEY, principal_id TEXT NOT NULL, product_id TEXT NOT NULL, batch INTEGER NOT NULL, fixture TEXT,
  UNIQUE (principal_id, product_id)
) STRICT;
CREATE TABLE IF NOT EXISTS pricing_options (
  seq INTEGER PRIMARY KEY, principal_id TEXT NOT NULL, product_id TEXT NOT NULL, pricing_option_id TEXT NOT NULL, option TEXT NOT NULL,
  UNIQUE (principal_id, product_id, pricing_option_id)
) STRICT;
CREATE TABLE IF NOT EXISTS formats (
  seq INTEGER PRIMARY KEY, principal_id TEXT NOT NULL, id TEXT NOT NULL, fixture TEXT NOT NULL,
  UNIQUE (principal_id, id)
) STRICT;
-- The batch that is being seeded, by caller; and the newest that a search has seen, or of which something was bought or for which creatives were sent.
CREATE TABLE IF NOT EXISTS batches (
  principal_id TEXT NOT NULL, mark TEXT NOT NULL, batch INTEGER NOT NULL,
  PRIMARY KEY (principal_id, mark)
) STRICT, WITHOUT ROWID;`;

interface ProductRow {
  readonly product_id: string;
  readonly batch: number;
  readonly fixture: string | null;
  /** A JSON array. */
  readonly options: string;
}

const SELECT_PRODUCT = `
SELECT product_id, batch, fixture, (
  SELECT json_group_array(json(o.option) ORDER BY o.seq) FROM pricing_options o
  WHERE o.principal_id = products.principal_id AND o.product_id = products.product_id
) options FROM products WHERE principal_id = ?`;

/** @param folder the sandbox's own, or `:memory:` */
export function openSeeds(folder: string): Seeds {
  if (folder !== ':memory:') mkdirSync(folder, { recursive: true });
  const sql = new Database(folder === ':memory:' ? folder : join(folder, 'seeds.sqlite'));
  sql.pragma('journal_mode = WAL');
  sql.pragma('synchronous = FULL');
  sql.exec(SCHEMA);
  return new SqliteSeeds(sql);
}

type Mark = 'open' | 'searched' | 'spent';

/** What reads before it writes says at once that it will write, so that no other server comes in between. */
class SqliteSeeds implements Seeds {
  readonly #sql: Database.Database;
  readonly #rows: Statements;

  constructor(sql: Database.Database) {
    this.#sql = sql;
    this.#rows = new Statements(sql);
  }

  putProduct(principal_id: string, product_id: string, fixture: Fixture): void {
    this.#sql.transaction(() => {
      this.#rows.run('DELETE FROM pricing_options WHERE principal_id = ? AND product_id = ?', principal_id, product_id);
      this.#putProduct(principal_id, product_id, JSON.stringify(fixture));
    }).immediate();
  }

  putPricingOption(principal_id: string, product_id: string, option: PricingRow): void {
    this.#sql.transaction(() => {
      const known = this.#product(principal_id, product_id);
      if (known === undefined || known.batch !== this.#batch(principal_id)) this.#putProduct(principal_id, product_id, known?.fixture ?? null);
      this.#rows.run('INSERT OR REPLACE INTO pricing_options (principal_id, product_id, pricing_option_id, option) VALUES (?, ?, ?, ?)',
        principal_id, product_id, option.pricing_option_id, JSON.stringify(option));
    }).immediate();
  }

  putFormat(principal_id: string, id: string, fixture: Fixture): void {
    this.#rows.run('INSERT OR REPLACE INTO formats (principal_id, id, fixture) VALUES (?, ?, ?)', principal_id, id, JSON.stringify(fixture));
  }

  products(principal_id: string): readonly SeededProduct[] {
    return this.#rows.all<ProductRow>(`${SELECT_PRODUCT} ORDER BY batch DESC, seq`, principal_id).map(seededProduct);
  }

  product(principal_id: string, product_id: string): SeededProduct | undefined {
    const row = this.#product(principal_id, product_id);
    return row && seededProduct(row);
  }

  formats(principal_id: string): readonly SeededFormat[] {
    return this.#rows.all<{ id: string; fixture: string }>('SELECT id, fixture FROM formats WHERE principal_id = ? ORDER BY seq', principal_id)
      .map(({ id, fixture }) => ({ id, fixture: JSON.parse(fixture) as Fixture }));
  }

  endBatch(principal_id: string): void {
    if (this.#marked(principal_id, 'open') !== undefined) this.#rows.run(`DELETE FROM batches WHERE principal_id = ? AND mark = 'open'`, principal_id);
  }

  searched(principal_id: string): number {
    return this.#marked(principal_id, 'searched') ?? 0;
  }

  spent(principal_id: string): number {
    return this.#marked(principal_id, 'spent') ?? 0;
  }

  mark(principal_id: string, mark: 'searched' | 'spent', batch: number): void {
    if ((this.#marked(principal_id, mark) ?? 0) < batch) this.#mark(principal_id, mark, batch);
  }

  close(): void {
    this.#sql.close();
  }

  #product(principal_id: string, product_id: string): ProductRow | undefined {
    return this.#rows.get<ProductRow>(`${SELECT_PRODUCT} AND product_id = ?`, principal_id, product_id);
  }

  #putProduct(principal_id: string, product_id: string, fixture: string | null): void {
    this.#rows.run('INSERT OR REPLACE INTO products (principal_id, product_id, batch, fixture) VALUES (?, ?, ?, ?)', principal_id, product_id, this.#batch(principal_id), fixture);
  }

  #batch(principal_id: string): number {
    const newest = () => this.#rows.get<{ batch: number }>('SELECT coalesce(max(batch), 0) batch FROM products WHERE principal_id = ?', principal_id)!.batch;
    const open = this.#marked(principal_id, 'open');
    if (open !== undefined) return open;
    const batch = newest() + 1;
    this.#mark(principal_id, 'open', batch);
    return batch;
  }

  #marked(principal_id: string, mark: Mark): number | undefined {
    return this.#rows.get<{ batch: number }>('SELECT batch FROM batches WHERE principal_id = ? AND mark = ?', principal_id, mark)?.batch;
  }

  #mark(principal_id: string, mark: Mark, batch: number): void {
    this.#rows.run('INSERT OR REPLACE INTO batches (principal_id, mark, batch) VALUES (?, ?, ?)', principal_id, mark, batch);
  }
}

const seededProduct = ({ product_id, batch, fixture, options }: ProductRow): SeededProduct => ({
  product_id, batch, pricing_options: JSON.parse(options) as PricingRow[], ...(fixture === null ? {} : { fixture: JSON.parse(fixture) as Fixture }),
});
