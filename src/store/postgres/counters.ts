/** Rows of counters that are added to. They are added in the order of their keys, so that two servers never wait for each other in a circle. */
import type { Queries } from './connections.ts';
import { joined, raw, sql } from './sql.ts';

/** One row: its key by column, and what is added to it. */
export interface Addition {
  readonly key: Readonly<Record<string, string>>;
  readonly amounts: Readonly<Record<string, number>>;
}

/** Adds up in memory what falls on the same row. */
export class Additions {
  readonly #keys: readonly string[];
  readonly #amounts: readonly string[];
  readonly #rows = new Map<string, number[]>();

  /** @param keys the columns of a row's key beside its buy; `amounts` those that are added to */
  constructor(keys: readonly string[], amounts: readonly string[]) {
    this.#keys = keys;
    this.#amounts = amounts;
  }

  add({ key, amounts }: Addition): void {
    const row = JSON.stringify(this.#keys.map((name) => key[name]));
    const sums = this.#rows.get(row) ?? this.#amounts.map(() => 0);
    this.#rows.set(row, sums.map((sum, at) => sum + (amounts[this.#amounts[at]!] ?? 0)));
  }

  /** Writes it all to the rows of one buy. */
  async write(tx: Queries, table: string, buy: number): Promise<void> {
    const rows = [...this.#rows].map(([key, sums]) => ({ key: JSON.parse(key) as string[], sums })).sort((a, b) => compared(a.key, b.key));
    if (rows.length === 0) return;
    const texts = this.#keys.map((_name, at) => sql`${rows.map(({ key }) => key[at]!)}::text[]`);
    const numbers = this.#amounts.map((_name, at) => sql`${rows.map(({ sums }) => sums[at]!)}::bigint[]`);
    const columns = [...this.#keys, ...this.#amounts].join(', ');
    await tx.run(
      sql`INSERT INTO ${raw(table)} AS held (buy, ${raw(columns)}) SELECT ${buy}, * FROM unnest(${joined([...texts, ...numbers], ', ')})
          ON CONFLICT (buy, ${raw(this.#keys.join(', '))}) DO UPDATE SET ${raw(this.#amounts.map((name) => `${name} = held.${name} + excluded.${name}`).join(', '))}`);
  }
}

function compared(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((value, nth) => value !== b[nth]);
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1;
}
