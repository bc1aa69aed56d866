/** What the aggregates share: records as JSON beside the columns that are searched, pages by position, versions. */
import type { Page, PageRequest } from '../../domain/ports/store-queries.ts';
import type { Reach } from '../../domain/caller.ts';
import { keyedPosition, positionAt, positionOf, type PositionKey } from '../positions.ts';
import type { Queries } from './connections.ts';
import { raw, sql, type Sql } from './sql.ts';

export interface RecordRow<Rec> {
  readonly seq: number;
  readonly record: Rec;
}

export const recordsOf = <Rec>(rows: readonly { readonly record: Rec }[]): Rec[] => rows.map(({ record }) => record);

/** A time as it is stored: whatever zone it is told in. */
export const instant = (time: string): Date => new Date(time);

/** What a reach allows of a table's rows. */
export const within = (reach: Reach, table: string): Sql =>
  reach.library !== undefined && !reach.wide ? sql`${raw(table)}.library = ${reach.library}` : sql`${raw(table)}.principal_id = ${reach.principal_id}`;

/** A page in the order of `seq`. A first page that holds everything tells how much that is. */
export async function pageBySeq<Rec>(db: Queries, table: string, where: Sql, page: PageRequest): Promise<Page<Rec>> {
  const after = positionOf(page.after);
  const rows = await db.all<RecordRow<Rec>>(sql`SELECT seq, record FROM ${raw(table)} WHERE ${where} AND seq > ${after} ORDER BY seq LIMIT ${page.limit + 1}`);
  const shown = rows.slice(0, page.limit);
  const whole = after === 0 && rows.length === shown.length;
  const total = whole ? rows.length : await countOf(db, table, where);
  return { items: recordsOf(shown), total, ...(rows.length > page.limit ? { last: String(shown.at(-1)!.seq) } : {}) };
}

/**
 * A page in the order of a key, then of `seq`. It begins behind the place where the page before ended, so that rows that come, go or
 * move in between neither repeat a row that stays nor hide one.
 * @param key over the table: text, a time or a number, never null
 */
export async function pageByKey<Rec>(db: Queries, table: string, where: Sql, key: Sql, direction: 'asc' | 'desc', page: PageRequest): Promise<Page<Rec>> {
  const [beyond, order] = direction === 'asc' ? [raw('>'), raw('ASC')] : [raw('<'), raw('DESC')];
  const end = page.after === undefined ? undefined : keyedPosition(page.after);
  const rest = end === undefined ? where : sql`${where} AND (${key}, seq) ${beyond} (${end.key}, ${end.seq})`;
  const rows = await db.all<RecordRow<Rec> & { readonly key: PositionKey }>(
    sql`SELECT seq, record, ${key} AS key FROM ${raw(table)} WHERE ${rest} ORDER BY ${key} ${order}, seq ${order} LIMIT ${page.limit + 1}`);
  const shown = rows.slice(0, page.limit);
  const last = rows.length > page.limit ? shown.at(-1)! : undefined;
  return { items: recordsOf(shown), total: await countOf(db, table, where), ...(last ? { last: positionAt(last.seq, last.key) } : {}) };
}

const countOf = async (db: Queries, table: string, where: Sql): Promise<number> =>
  (await db.get<{ n: number }>(sql`SELECT count(*) AS n FROM ${raw(table)} WHERE ${where}`))!.n;
