import type { AudienceRecord } from '../../domain/audience.ts';
import type { Change } from '../../domain/ports/store.ts';
import type { Queries } from './connections.ts';
import { putIn, type LibraryTable } from './libraries.ts';
import { sql } from './sql.ts';

export const AUDIENCES: LibraryTable<AudienceRecord> = { table: 'audiences', id: 'audience_id', idOf: ({ audience_id }) => audience_id };

export async function audienceMembers(db: Queries, { library, audience_id }: AudienceRecord, external_ids: readonly string[]): Promise<ReadonlySet<string>> {
  const held = await db.all<{ external_id: string }>(
    sql`SELECT m.external_id FROM audiences a JOIN audience_members m ON m.audience = a.seq
        WHERE a.library = ${library} AND a.audience_id = ${audience_id} AND m.external_id = ANY(${external_ids}::text[])`);
  return new Set(held.map(({ external_id }) => external_id));
}

/** @throws Stale */
export async function putAudience(tx: Queries, { audience, add, remove }: Extract<Change, { kind: 'put_audience' }>): Promise<void> {
  const seq = await putIn(tx, AUDIENCES, audience);
  if (remove.length > 0) await tx.run(sql`DELETE FROM audience_members WHERE audience = ${seq} AND external_id = ANY(${remove}::text[])`);
  // Of one that is named twice, the last counts.
  const members = [...new Map(add.map((member) => [member.external_id, JSON.stringify(member)]))];
  if (members.length > 0)
    await tx.run(
      sql`INSERT INTO audience_members (audience, external_id, member)
          SELECT ${seq}, id, member FROM unnest(${members.map(([id]) => id)}::text[], ${members.map(([, member]) => member)}::json[]) AS m (id, member)
          ON CONFLICT (audience, external_id) DO UPDATE SET member = excluded.member`);
}
