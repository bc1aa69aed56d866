import { creativeNotices, type CreativeEvent } from '../domain/creative-notice.ts';
import type { CreativeRecord } from '../domain/creative.ts';
import type { Change } from '../domain/ports/store.ts';
import type { Desk } from './desk.ts';

/** More accounts than share a library. */
const ALL = 1_000;

/** Tells the subscribers of every account that the creative's library serves what was done to the creative. */
export async function creativeNews(creative: CreativeRecord, event: CreativeEvent, { store, ids, clock }: Desk): Promise<Change[]> {
  const home = await store.account(creative.principal_id, creative.account_id);
  if (home === undefined) return [];
  const { items } = await store.accounts(creative.principal_id, { brand_domain: home.brand.domain }, { limit: ALL });
  return creativeNotices(creative, event, items.filter(({ library }) => library === creative.library), ids, clock.now().toISOString());
}
