import type { Reach } from '../../domain/caller.ts';
import type { CreativeRecord } from '../../domain/creative.ts';
import type { CreativeFilter, CreativeSort, Page, PageRequest } from '../../domain/ports/store-queries.ts';
import type { CreativeDeliveryRow } from '../../domain/ports/store.ts';
import { Conditions, pageByKey, type Statements } from './rows.ts';

/** A page of the library. */
export function listCreatives(
  sql: Statements,
  reach: Reach,
  filter: CreativeFilter,
  sort: CreativeSort,
  page: PageRequest,
): Page<CreativeRecord> {
  return pageByKey(sql, 'creatives', conditions(reach, filter), sortKey(sort.by, reach), sort.direction, page);
}

/** Lifetime impressions of those creatives that have any. */
export function creativeDelivery(sql: Statements, reach: Reach, creative_ids: readonly string[]): CreativeDeliveryRow[] {
  const where = new Conditions().reach(reach, 'm').among('d.creative_id', creative_ids).and('d.impressions > 0');
  return sql.all<CreativeDeliveryRow>(
    `SELECT d.creative_id, m.library, sum(d.impressions) impressions, max(d.day) last_day
     FROM media_buys m JOIN delivery d ON d.buy = m.seq WHERE ${where} GROUP BY m.library, d.creative_id ORDER BY m.library, d.creative_id`,
    ...where.values,
  );
}

const sortKey = (by: CreativeSort['by'], reach: Reach): string =>
  by === 'assignment_count' ? `(SELECT count(*) ${assignments(reach)})` : by;

/** The creative's rows in another table that belongs to buys: of its own library, or of any when the reach is wide. */
const ofBuys = (table: string, reach: Reach): string =>
  `FROM ${table} a JOIN media_buys m ON m.seq = a.buy WHERE m.principal_id = creatives.principal_id AND a.creative_id = creatives.creative_id`
  + (reach.wide ? '' : ' AND m.library = creatives.library');
const assignments = (reach: Reach): string => ofBuys('creative_assignments', reach);

const LISTED = (member: string): string =>
  `EXISTS (SELECT 1 FROM json_each(creatives.record, '$.creative.${member}') t JOIN json_each(?) w ON t.value = w.value)`;
const PARAMETER = (name: string): string =>
  `(json_extract(f.value, '$.${name}') IS NULL OR json_extract(f.value, '$.${name}') = json_extract(creatives.record, '$.creative.format_id.${name}'))`;
const FORMAT = `EXISTS (SELECT 1 FROM json_each(?) f WHERE json_extract(f.value, '$.id') = json_extract(creatives.record, '$.creative.format_id.id')
  AND json_extract(f.value, '$.agent_url') = json_extract(creatives.record, '$.creative.format_id.agent_url')
  AND ${['width', 'height', 'duration_ms'].map(PARAMETER).join(' AND ')})`;
const VARIABLES = "coalesce(json_array_length(creatives.record, '$.creative.variables'), 0)";

function conditions(reach: Reach, filter: CreativeFilter): Conditions {
  const json = (values: readonly unknown[] | undefined) => values && JSON.stringify(values);
  const where = new Conditions()
    .reach(reach, 'creatives')
    .among('library', filter.libraries)
    .among('creative_id', filter.creative_ids)
    .among('status', filter.statuses)
    .among("json_extract(creatives.record, '$.creative.concept_id')", filter.concept_ids)
    .when(filter.name_contains, 'instr(lower(name), lower(?)) > 0')
    .when(json(filter.tags_any), LISTED('tags'))
    .when(json(filter.package_ids), `EXISTS (SELECT 1 ${assignments(reach)} AND a.package_id IN (SELECT value FROM json_each(?)))`)
    .when(json(filter.media_buy_ids), `EXISTS (SELECT 1 ${assignments(reach)} AND m.media_buy_id IN (SELECT value FROM json_each(?)))`)
    .when(json(filter.format_ids), FORMAT)
    .when(filter.created_after, 'julianday(created_date) > julianday(?)')
    .when(filter.created_before, 'julianday(created_date) < julianday(?)')
    .when(filter.updated_after, 'julianday(updated_date) > julianday(?)')
    .when(filter.updated_before, 'julianday(updated_date) < julianday(?)');
  if (filter.purged_since === undefined) where.and('purged_at IS NULL');
  else where.and("(purged_at IS NULL OR purged_at > ? AND json_extract(creatives.record, '$.purge.kind') = 'soft')", filter.purged_since);
  for (const tag of filter.tags ?? []) where.and(LISTED('tags'), JSON.stringify([tag]));
  if (filter.unassigned !== undefined) where.and(`${filter.unassigned ? 'NOT ' : ''}EXISTS (SELECT 1 ${assignments(reach)})`);
  if (filter.has_served !== undefined)
    where.and(`${filter.has_served ? '' : 'NOT '}EXISTS (SELECT 1 ${ofBuys('delivery', reach)} AND a.impressions > 0)`);
  if (filter.has_variables !== undefined) where.and(`${VARIABLES} ${filter.has_variables ? '>' : '='} 0`);
  return where;
}
