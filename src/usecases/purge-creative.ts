import { purged, type CreativePurge } from '../domain/creative-purge.ts';
import type { CreativeRecord } from '../domain/creative.ts';
import type { Change } from '../domain/ports/store.ts';
import { creativeNews } from './creative-news.ts';
import type { Desk } from './desk.ts';

/** Why and by whom a creative is destroyed. */
export interface PurgeOrder extends Pick<CreativePurge, 'kind' | 'reason_code'> {
  readonly reason_detail?: string;
  readonly initiator: 'seller' | 'system';
}

/**
 * What a purge changes: the record, its previews, and what subscribers are told. Assignments stay as the buyer made them, so that buys which
 * relied on the creative say so (`health`) until it is replaced.
 */
export async function purgeCreative(creative: CreativeRecord, { kind, reason_code, ...cause }: PurgeOrder, desk: Desk): Promise<Change[]> {
  const { library, creative_id } = creative;
  const record = purged(creative, { kind, reason_code, at: desk.clock.now().toISOString() });
  const news = await creativeNews(creative, { kind: 'purged', purge_kind: kind, reason_code, ...cause }, desk);
  return [{ kind: 'put_creative', creative: record }, { kind: 'forget_previews', library, creative_id }, ...news];
}
