import type { Reach } from '../../domain/caller.ts';
import type { CreativeRecord } from '../../domain/creative.ts';
import type { CreativeFilter, CreativeSort, Page, PageRequest } from '../../domain/ports/store.ts';
import { Conditions, positionOf, recordOf, type RecordRow, type Statements } from './rows.ts';

const SORTED: Readonly<Record<CreativeSort['by'], string>> = { created_date: 'created_date', updated_date: 'updated_date', name: 'name', status: 'status' };

/** A page of the library. Positions count rows in the sorted order, because a sort by a changing member has no stable key. */
export function listCreatives(sql: Statements, reach: Reach, filter: CreativeFilter, sort: CreativeSort, page: PageRequest): Page<CreativeRecord> {
  const where = conditions(reach, filter);
  const total = sql.get<{ n: number }>(`SELECT count(*) n FROM creatives WHERE ${where}`, ...where.values)!.n;
  const from = positionOf(page.after);
  const direction = sort.direction === 'asc' ? 'ASC' : 'DESC';
  const rows = sql.all<RecordRow>(
    `SELECT seq, record FROM creatives WHERE ${where} ORDER BY ${SORTED[sort.by]} ${direction}, seq ${direction} LIMIT ? OFFSET ?`, ...where.values, page.limit, from);
  const next = from + rows.length;
  return { items: rows.map((row) => recordOf<CreativeRecord>(row)), total, ...(next < total ? { last: String(next) } : {}) };
}

function conditions(reach: Reach, filter: CreativeFilter): Conditions {
  const assigned = 'SELECT 1 FROM creative_assignments a WHERE a.principal_id = creatives.principal_id AND a.creative_id = creatives.creative_id';
  const has = (path: string, other: string) => `EXISTS (SELECT 1 FROM json_each(creatives.record, '${path}') t JOIN json_each(?) w ON t.value = w.value ${other})`;
  const where = new Conditions().reach(reach, 'creatives').among('creative_id', filter.creative_ids).among('status', filter.statuses)
    .when(filter.name_contains, "instr(lower(name), lower(?)) > 0")
    .when(filter.tags_any, has('$.creative.tags', ''), JSON.stringify(filter.tags_any));
  for (const tag of filter.tags ?? []) where.and(has('$.creative.tags', ''), JSON.stringify([tag]));
  if (filter.package_ids) where.and(`EXISTS (${assigned} AND a.package_id IN (SELECT value FROM json_each(?)))`, JSON.stringify(filter.package_ids));
  if (filter.unassigned !== undefined) where.and(`${filter.unassigned ? 'NOT ' : ''}EXISTS (${assigned})`);
  if (filter.format_ids)
    where.and(`EXISTS (SELECT 1 FROM json_each(?) f WHERE json_extract(f.value, '$.id') = json_extract(creatives.record, '$.creative.format_id.id')
      AND json_extract(f.value, '$.agent_url') = json_extract(creatives.record, '$.creative.format_id.agent_url'))`, JSON.stringify(filter.format_ids));
  return where;
}
