import { PREVIEWS_KEPT, type PreviewRecord } from '../../domain/preview/preview.ts';
import type { Queries } from './connections.ts';
import { sql } from './sql.ts';

/** How many expired ones go with each new one, so that neither the table grows for ever nor one call pays for all. */
const EXPIRED_AT_ONCE = 20;

export async function preview(db: Queries, preview_id: string, now: string): Promise<PreviewRecord | undefined> {
  return (await db.get<{ record: PreviewRecord }>(sql`SELECT record FROM previews WHERE preview_id = ${preview_id} AND expires_at > ${now}`))?.record;
}

export async function putPreview(tx: Queries, given: PreviewRecord): Promise<void> {
  const { preview_id, principal_id, library = '', creative_id = '', made_at, expires_at } = given;
  await tx.run(
    sql`DELETE FROM previews WHERE seq IN (SELECT seq FROM previews WHERE expires_at <= ${made_at} ORDER BY expires_at LIMIT ${EXPIRED_AT_ONCE} FOR UPDATE SKIP LOCKED)`);
  await tx.run(
    sql`INSERT INTO previews (preview_id, principal_id, library, creative_id, expires_at, record)
        VALUES (${preview_id}, ${principal_id}, ${library}, ${creative_id}, ${expires_at}, ${JSON.stringify(given)})`);
  await tx.run(sql`DELETE FROM previews WHERE seq IN (SELECT seq FROM previews WHERE principal_id = ${principal_id} ORDER BY seq DESC OFFSET ${PREVIEWS_KEPT})`);
}

export async function forgetPreviews(tx: Queries, library: string, creative_id: string): Promise<void> {
  await tx.run(sql`DELETE FROM previews WHERE library = ${library} AND creative_id = ${creative_id} AND creative_id <> ''`);
}
