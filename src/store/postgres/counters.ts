/** Rows of counters that are added to. They are added in the order of their keys, so that two servers never wait for each other in a circle. */
import type { Queries } from './connections.ts';
import { joined, raw, sql } from './sql.ts';

/** One row: whose it is, its key by column, and what is added to it. */
export interface Addition {
  readonly buy: number;
  readonly key: Readonly<Record<string, string>>;
  readonly amounts: Readonly<Record<string, number>>;
}

/** Adds up in memory what falls on the same row. */
export class Additions {
  readonly #keys: readonly string[];
  readonly #amounts: readonly string[];
  readonly #rows = new Map<string, { readonly buy: number; readonly key: readonly string[]; readonly sums: number[] }>();

  /** @param keys the columns of a row's key beside its buy; `amounts` those that are added to */
  constructor(keys: readonly string[], amounts: readonly string[]) {
    this.#keys = keys;
    this.#amounts = amounts;
  }

  add({ buy, key, amounts }: Addition): void {
    const values = this.#keys.map((name) => key[name]!);
    const name = JSON.stringify([buy, ...values]);
    let row = this.#rows.get(name);
    if (row === undefined) this.#rows.set(name, (row = { buy, key: values, sums: this.#amounts.map(() => 0) }));
    this.#amounts.forEach((amount, at) => { row.sums[at]! += amounts[amount] ?? 0; });
  }

  async write(tx: Queries, table: string): Promise<void> {
    const rows = [...this.#rows.values()].sort((a, b) => a.buy - b.buy || compared(a.key, b.key));
    if (rows.length === 0) return;
    const texts = this.#keys.map((_name, at) => sql`${rows.map(({ key }) => key[at]!)}::text[]`);
    const numbers = this.#amounts.map((_name, at) => sql`${rows.map(({ sums }) => sums[at]!)}::bigint[]`);
    const columns = [...this.#keys, ...this.#amounts].join(', ');
    await tx.run(
      sql`INSERT INTO ${raw(table)} AS held (buy, ${raw(columns)})
          SELECT * FROM unnest(${joined([sql`${rows.map(({ buy }) => buy)}::bigint[]`, ...texts, ...numbers], ', ')})
          ON CONFLICT (buy, ${raw(this.#keys.join(', '))}) DO UPDATE SET ${raw(this.#amounts.map((name) => `${name} = held.${name} + excluded.${name}`).join(', '))}`);
  }
}

function compared(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((value, nth) => value !== b[nth]);
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1;
}
