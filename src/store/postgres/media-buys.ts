import { goalEntries, valuations, type GoalEntry } from '../../domain/attribution.ts';
import type { Reach } from '../../domain/caller.ts';
import { dueAt } from '../../domain/media-buy-lifecycle.ts';
import { isTerminal, type MediaBuyRecord } from '../../domain/media-buy.ts';
import type { AttributionPolicy } from '../../domain/ports/attribution-policy.ts';
import type { MediaBuyFilter, Page, PageRequest } from '../../domain/ports/store-queries.ts';
import type { CreativeAssignmentRow } from '../../domain/ports/store.ts';
import { Stale } from '../stale.ts';
import type { Queries } from './connections.ts';
import { instant, pageBySeq, recordsOf, within, type RecordRow } from './rows.ts';
import { among, every, raw, sql, type Sql } from './sql.ts';

type BuyRow = RecordRow<MediaBuyRecord>;

export async function mediaBuy(db: Queries, reach: Reach, media_buy_id: string): Promise<MediaBuyRecord | undefined> {
  const row = await db.get<BuyRow>(
    sql`SELECT seq, record FROM media_buys WHERE principal_id = ${reach.principal_id} AND media_buy_id = ${media_buy_id} AND ${within(reach, 'media_buys')}`);
  return row?.record;
}

export function mediaBuys(db: Queries, reach: Reach, { media_buy_ids, statuses, or_due_by }: MediaBuyFilter, page: PageRequest): Promise<Page<MediaBuyRecord>> {
  const standing = or_due_by === undefined
    ? among(raw('status'), statuses)
    : sql`(status = ANY(${statuses ?? []}::text[]) OR due_at <= ${instant(or_due_by)})`;
  return pageBySeq(db, 'media_buys', every(within(reach, 'media_buys'), among(raw('media_buy_id'), media_buy_ids), standing), page);
}

export async function anyDue(db: Queries, principal_id: string, now: string): Promise<boolean> {
  return (await db.get(sql`SELECT 1 FROM media_buys WHERE principal_id = ${principal_id} AND due_at <= ${instant(now)} LIMIT 1`)) !== undefined;
}

export const mediaBuysOfPackages = (db: Queries, reach: Reach, package_ids: readonly string[]): Promise<MediaBuyRecord[]> =>
  ofBuys(db, reach, sql`SELECT buy FROM packages WHERE principal_id = ${reach.principal_id} AND package_id = ANY(${package_ids}::text[])`);

export const mediaBuysAwaiting = (db: Queries, reach: Reach, creative_ids: readonly string[]): Promise<MediaBuyRecord[]> =>
  ofBuys(db, reach, sql`SELECT buy FROM creative_assignments WHERE principal_id = ${reach.principal_id} AND creative_id = ANY(${creative_ids}::text[])`);

const ofBuys = async (db: Queries, reach: Reach, buys: Sql): Promise<MediaBuyRecord[]> =>
  recordsOf(await db.all<BuyRow>(sql`SELECT seq, record FROM media_buys WHERE ${within(reach, 'media_buys')} AND seq IN (${buys}) ORDER BY seq`));

export const creativeAssignments = (db: Queries, reach: Reach, creative_ids: readonly string[]): Promise<CreativeAssignmentRow[]> =>
  db.all<CreativeAssignmentRow>(
    sql`SELECT a.creative_id, media_buys.library, media_buys.media_buy_id, a.package_id, a.assigned_date
        FROM creative_assignments a JOIN media_buys ON media_buys.seq = a.buy
        WHERE ${within(reach, 'media_buys')} AND a.principal_id = ${reach.principal_id} AND a.creative_id = ANY(${creative_ids}::text[])
        ORDER BY a.buy, a.package_id, a.creative_id`);

/** What a buy aimed at, as it is stored now. */
export async function storedGoals(db: Queries, { principal_id, media_buy_id, row_version }: MediaBuyRecord): Promise<GoalEntry[]> {
  if (row_version === 0) return [];
  const rows = await db.all<{ entry: GoalEntry }>(
    sql`SELECT g.entry FROM goals g JOIN media_buys m ON m.seq = g.buy WHERE m.principal_id = ${principal_id} AND m.media_buy_id = ${media_buy_id} ORDER BY g.position`);
  return rows.map(({ entry }) => entry);
}

/** Stores the buy and renews the indexes over it. @returns its position, and how it valued what it aimed at before. @throws Stale */
export async function putMediaBuy(tx: Queries, buy: MediaBuyRecord, policy: AttributionPolicy): Promise<{ readonly seq: number; readonly before: ReadonlyMap<string, string> }> {
  const { principal_id, media_buy_id, library, account_id, status, currency, row_version } = buy;
  const record = JSON.stringify({ ...buy, row_version: row_version + 1 });
  const [starts, ends, due] = [instant(buy.start_time), instant(buy.end_time), dueOf(buy)];
  const row = await tx.get<{ seq: number }>(row_version > 0
    ? sql`UPDATE media_buys SET account_id = ${account_id}, status = ${status}, currency = ${currency}, start_time = ${starts}, end_time = ${ends}, due_at = ${due},
          row_version = row_version + 1, record = ${record}
          WHERE principal_id = ${principal_id} AND media_buy_id = ${media_buy_id} AND row_version = ${row_version} RETURNING seq`
    : sql`INSERT INTO media_buys (principal_id, library, media_buy_id, account_id, status, currency, start_time, end_time, due_at, row_version, record)
          VALUES (${principal_id}, ${library}, ${media_buy_id}, ${account_id}, ${status}, ${currency}, ${starts}, ${ends}, ${due}, 1, ${record})
          ON CONFLICT DO NOTHING RETURNING seq`);
  if (row === undefined) throw new Stale();
  const before = valuations(await storedGoals(tx, buy));
  await index(tx, buy, row.seq, policy);
  return { seq: row.seq, before };
}

/** Writes everything that follows from a stored buy anew. */
export async function reindex(tx: Queries, buy: MediaBuyRecord, seq: number, policy: AttributionPolicy): Promise<void> {
  await tx.run(sql`UPDATE media_buys SET account_id = ${buy.account_id}, status = ${buy.status}, currency = ${buy.currency},
    start_time = ${instant(buy.start_time)}, end_time = ${instant(buy.end_time)}, due_at = ${dueOf(buy)} WHERE seq = ${seq}`);
  await index(tx, buy, seq, policy);
}

const dueOf = (buy: MediaBuyRecord): Date | null => {
  const due = dueAt(buy);
  return due === undefined ? null : instant(due);
};

async function index(tx: Queries, buy: MediaBuyRecord, seq: number, policy: AttributionPolicy): Promise<void> {
  const bought = [...new Map(buy.packages.map(({ package: each }) => [each.package_id, each])).values()];
  await tx.run(sql`DELETE FROM packages WHERE buy = ${seq}`);
  await tx.run(
    sql`INSERT INTO packages (principal_id, package_id, buy, product_id) SELECT ${buy.principal_id}, id, ${seq}, product
        FROM unnest(${bought.map(({ package_id }) => package_id)}::text[], ${bought.map(({ product_id = '' }) => product_id)}::text[]) AS p (id, product)`);
  const goals = goalEntries(buy, policy);
  await tx.run(sql`DELETE FROM goals WHERE buy = ${seq}`);
  if (goals.length > 0)
    await tx.run(
      sql`INSERT INTO goals (buy, position, library, event_source_id, event_type, entry) SELECT ${seq}, position, ${buy.library}, source, type, entry
          FROM unnest(${goals.map(({ event_source_id }) => event_source_id)}::text[], ${goals.map(({ event_type }) => event_type)}::text[],
            ${goals.map((entry) => JSON.stringify(entry))}::json[]) WITH ORDINALITY AS g (source, type, entry, position)`);
  await assign(tx, buy, seq);
}

/** A buy that has ended and a package that was canceled release their creatives. An assignment that stays keeps its date. */
async function assign(tx: Queries, buy: MediaBuyRecord, seq: number): Promise<void> {
  const live = isTerminal(buy.status) ? [] : buy.packages.filter(({ package: { canceled } }) => canceled !== true);
  const pairs = live.flatMap(({ package: { package_id, creative_assignments = [] } }) => creative_assignments.map(({ creative_id }) => [package_id, creative_id] as const));
  const given = sql`unnest(${pairs.map(([package_id]) => package_id)}::text[], ${pairs.map(([, creative_id]) => creative_id)}::text[])`;
  await tx.run(sql`DELETE FROM creative_assignments WHERE buy = ${seq} AND (package_id, creative_id) NOT IN (SELECT * FROM ${given})`);
  if (pairs.length > 0)
    await tx.run(
      sql`INSERT INTO creative_assignments (principal_id, creative_id, buy, package_id, assigned_date)
          SELECT ${buy.principal_id}, creative_id, ${seq}, package_id, ${buy.updated_at} FROM ${given} AS p (package_id, creative_id) ON CONFLICT DO NOTHING`);
}
