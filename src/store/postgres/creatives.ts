import type { Reach } from '../../domain/caller.ts';
import type { PurgedCreative } from '../../domain/creative-purge.ts';
import type { CreativeRecord } from '../../domain/creative.ts';
import type { CreativeFilter, CreativeSort, Page, PageRequest } from '../../domain/ports/store-queries.ts';
import type { CreativeDeliveryRow } from '../../domain/ports/store.ts';
import type { FormatId } from '../../protocol/wire/core/format-id.ts';
import type { Queries } from './connections.ts';
import { foundGone, type LibraryTable } from './libraries.ts';
import { instant, pageByKey, within } from './rows.ts';
import { among, every, joined, raw, sql, when, type Sql } from './sql.ts';

export const CREATIVES: LibraryTable<CreativeRecord> & { readonly gone: string } = {
  table: 'creatives', id: 'creative_id', idOf: ({ creative_id }) => creative_id, columns: searched, gone: 'purged_at',
};

function searched({ account_id, status, created_date, updated_date, creative, purge }: CreativeRecord): Readonly<Record<string, unknown>> {
  const { name, tags = [], format_id } = creative;
  const { concept_id, variables } = creative as { readonly concept_id?: unknown; readonly variables?: unknown };
  return {
    account_id, name, status, created_date, updated_date, tags, purged_at: purge?.at, purge: purge?.kind,
    concept_id: typeof concept_id === 'string' ? concept_id : undefined, variables: Array.isArray(variables) ? variables.length : 0,
    format_agent: format_id?.agent_url ?? '', format_id: format_id?.id ?? '',
    format_width: format_id?.width, format_height: format_id?.height, format_duration_ms: format_id?.duration_ms,
  };
}

export const purgedCreatives = async (db: Queries, reach: Reach, creative_ids: readonly string[]): Promise<PurgedCreative[]> =>
  (await foundGone(db, CREATIVES, reach, creative_ids)) as PurgedCreative[];

/** A page of the library. */
export const listCreatives = (db: Queries, reach: Reach, filter: CreativeFilter, sort: CreativeSort, page: PageRequest): Promise<Page<CreativeRecord>> =>
  pageByKey(db, 'creatives', conditions(reach, filter), sortKey(sort.by, reach), sort.direction, page);

/** Lifetime impressions of those creatives that have any. */
export const creativeDelivery = (db: Queries, reach: Reach, creative_ids: readonly string[]): Promise<CreativeDeliveryRow[]> =>
  db.all<CreativeDeliveryRow>(
    sql`SELECT d.creative_id, m.library, sum(d.impressions)::bigint AS impressions, max(d.day) AS last_day
        FROM media_buys m JOIN delivery d ON d.buy = m.seq
        WHERE ${within(reach, 'm')} AND d.creative_id = ANY(${creative_ids}::text[]) AND d.impressions > 0
        GROUP BY m.library, d.creative_id ORDER BY m.library, d.creative_id`);

const sortKey = (by: CreativeSort['by'], reach: Reach): Sql => (by === 'assignment_count' ? sql`(SELECT count(*) ${assignments(reach)})` : raw(by));

/** The creative's rows in another table that belongs to buys: of its own library, or of any when the reach is wide. */
const ofBuys = (table: string, reach: Reach): Sql =>
  raw(`FROM ${table} a JOIN media_buys m ON m.seq = a.buy WHERE m.principal_id = creatives.principal_id AND a.creative_id = creatives.creative_id${
    reach.wide ? '' : ' AND m.library = creatives.library'}`);
const assignments = (reach: Reach): Sql => ofBuys('creative_assignments', reach);

function conditions(reach: Reach, filter: CreativeFilter): Sql {
  return every(
    within(reach, 'creatives'),
    among(raw('library'), filter.libraries),
    among(raw('creative_id'), filter.creative_ids),
    among(raw('status'), filter.statuses),
    among(raw('concept_id'), filter.concept_ids),
    when(filter.name_contains, (text) => sql`position(lower(${text}::text COLLATE "C") IN lower(name)) > 0`),
    when(filter.tags, (tags) => sql`tags @> ${tags}::text[]`),
    when(filter.tags_any, (tags) => sql`tags && ${tags}::text[]`),
    when(filter.format_ids, formats),
    when(filter.created_after, (time) => sql`created_date > ${instant(time)}`),
    when(filter.created_before, (time) => sql`created_date < ${instant(time)}`),
    when(filter.updated_after, (time) => sql`updated_date > ${instant(time)}`),
    when(filter.updated_before, (time) => sql`updated_date < ${instant(time)}`),
    filter.purged_since === undefined ? raw('purged_at IS NULL') : sql`(purged_at IS NULL OR purged_at > ${instant(filter.purged_since)} AND purge = 'soft')`,
    when(filter.has_variables, (wanted) => raw(`variables ${wanted ? '>' : '='} 0`)),
    ...onBuys(reach, filter),
  );
}

const onBuys = (reach: Reach, { package_ids, media_buy_ids, unassigned, has_served }: CreativeFilter): (Sql | undefined)[] => [
  when(package_ids, (ids) => sql`EXISTS (SELECT 1 ${assignments(reach)} AND a.package_id = ANY(${ids}::text[]))`),
  when(media_buy_ids, (ids) => sql`EXISTS (SELECT 1 ${assignments(reach)} AND m.media_buy_id = ANY(${ids}::text[]))`),
  when(unassigned, (wanted) => sql`${raw(wanted ? 'NOT ' : '')}EXISTS (SELECT 1 ${assignments(reach)})`),
  when(has_served, (wanted) => sql`${raw(wanted ? '' : 'NOT ')}EXISTS (SELECT 1 ${ofBuys('delivery', reach)} AND a.impressions > 0)`),
];

/** Of any of the formats; width, height and duration count where they are given. */
const formats = (wanted: readonly FormatId[]): Sql => (wanted.length === 0 ? raw('false') : sql`(${joined(wanted.map(ofFormat), ' OR ')})`);

const ofFormat = ({ agent_url, id, width, height, duration_ms }: FormatId): Sql => sql`(${every(
  sql`format_agent = ${agent_url} AND format_id = ${id}`,
  when(width, (value) => sql`format_width = ${value}`),
  when(height, (value) => sql`format_height = ${value}`),
  when(duration_ms, (value) => sql`format_duration_ms = ${value}`))})`;
