/** What the aggregates share: records as JSON text beside the columns that are searched, pages by position, versions. */
import type { Page, PageRequest } from '../../domain/ports/store-queries.ts';
import type { Reach } from '../../domain/caller.ts';
import { keyedPosition, positionAt, positionOf, type PositionKey } from '../positions.ts';
import type { Sql } from './database.ts';
import { told } from './hindrance.ts';

export interface RecordRow {
  readonly seq: number;
  readonly record: string;
}

export const recordOf = <Rec>(row: { readonly record: string }): Rec => JSON.parse(row.record) as Rec;

/** A prepared statement that takes any number of values. */
interface BoundLoosely {
  run(...values: readonly unknown[]): { readonly changes: number };
  get(...values: readonly unknown[]): unknown;
  all(...values: readonly unknown[]): unknown[];
}

/** One statement per text, prepared once. @throws StoreUnavailable from each of them */
export class Statements {
  readonly #sql: Sql;
  readonly #prepared = new Map<string, BoundLoosely>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  get inTransaction(): boolean {
    return this.#sql.inTransaction;
  }

  run(text: string, ...values: readonly unknown[]): number {
    try {
      return this.#of(text).run(...values).changes;
    } catch (error) {
      throw told(error);
    }
  }

  get<Row>(text: string, ...values: readonly unknown[]): Row | undefined {
    try {
      return this.#of(text).get(...values) as Row | undefined;
    } catch (error) {
      throw told(error);
    }
  }

  all<Row>(text: string, ...values: readonly unknown[]): Row[] {
    try {
      return this.#of(text).all(...values) as Row[];
    } catch (error) {
      throw told(error);
    }
  }

  #of(text: string): BoundLoosely {
    let found = this.#prepared.get(text);
    if (found === undefined) this.#prepared.set(text, (found = this.#sql.prepare(text) as unknown as BoundLoosely));
    return found;
  }
}

/** Conditions of a WHERE clause with their values, in step. */
export class Conditions {
  readonly #texts: string[] = [];
  readonly values: unknown[] = [];

  and(text: string, ...values: readonly unknown[]): this {
    this.#texts.push(text);
    this.values.push(...values);
    return this;
  }

  /** Only when the value is given. */
  when<Value>(value: Value | undefined, text: string, ...values: readonly unknown[]): this {
    return value === undefined ? this : this.and(text, ...(values.length > 0 ? values : [value]));
  }

  /** Membership, through a JSON array, so that the statement's text stays the same for any number of values. */
  among(column: string, values: readonly unknown[] | undefined): this {
    return values === undefined ? this : this.and(`${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(values));
  }

  reach(reach: Reach, table: string): this {
    if (reach.library !== undefined && !reach.wide) return this.and(`${table}.library = ?`, reach.library);
    return this.and(`${table}.principal_id = ?`, reach.principal_id);
  }

  toString(): string {
    return this.#texts.length > 0 ? this.#texts.join(' AND ') : '1';
  }
}

/** A page in the order of `seq`. A first page that holds everything tells how much that is. */
export function pageBySeq<Rec>(statements: Statements, table: string, where: Conditions, page: PageRequest): Page<Rec> {
  const after = positionOf(page.after);
  const rows = statements.all<RecordRow>(
    `SELECT seq, record FROM ${table} WHERE ${where} AND seq > ? ORDER BY seq LIMIT ?`, ...where.values, after, page.limit + 1);
  const shown = rows.slice(0, page.limit);
  const whole = after === 0 && rows.length === shown.length;
  const total = whole ? rows.length : statements.get<{ n: number }>(`SELECT count(*) n FROM ${table} WHERE ${where}`, ...where.values)!.n;
  return { items: shown.map((row) => recordOf<Rec>(row)), total, ...(rows.length > page.limit ? { last: String(shown.at(-1)!.seq) } : {}) };
}

/**
 * A page in the order of a key, then of `seq`. It begins behind the place where the page before ended, so that rows that come, go or
 * move in between neither repeat a row that stays nor hide one.
 * @param key an SQL expression over the table: text or a number, never null
 */
export function pageByKey<Rec>(
  statements: Statements, table: string, where: Conditions, key: string, direction: 'asc' | 'desc', page: PageRequest
): Page<Rec> {
  const total = statements.get<{ n: number }>(`SELECT count(*) n FROM ${table} WHERE ${where}`, ...where.values)!.n;
  const [beyond, order] = direction === 'asc' ? ['>', 'ASC'] : ['<', 'DESC'];
  const position = page.after === undefined ? undefined : keyedPosition(page.after);
  const end = position === undefined ? [] : [position.key, position.seq];
  const rows = statements.all<RecordRow & { readonly key: PositionKey }>(
    `SELECT seq, record, ${key} AS key FROM ${table} WHERE ${where} ${end.length === 0 ? '' : `AND (${key}, seq) ${beyond} (?, ?)`}
     ORDER BY ${key} ${order}, seq ${order} LIMIT ?`,
    ...where.values, ...end, page.limit + 1,
  );
  const shown = rows.slice(0, page.limit);
  const last = rows.length > page.limit ? shown.at(-1)! : undefined;
  return { items: shown.map((row) => recordOf<Rec>(row)), total, ...(last ? { last: positionAt(last.seq, last.key) } : {}) };
}
