/** A seller with a library, and a buyer who syncs creatives to it. */
import type { MediaBuyRecord } from '../../src/domain/media-buy.ts';
import type { Catalogue } from '../../src/domain/ports/catalogue.ts';
import type { Verifier } from '../../src/domain/ports/verifier.ts';
import type { CreativeAsset } from '../../src/protocol/wire/core/creative-asset.ts';
import type { SyncCreativesRequest } from '../../src/protocol/wire/sync-creatives.ts';
import { syncCreatives } from '../../src/usecases/sync-creatives.ts';
import { callerWithAccount, catalogueOf, PRODUCTS, record, testDesk } from './desk.ts';
import { expectOfficial } from './official.ts';
import { testPlatform } from './platform.ts';

export const OWN = 'https://seller.example/mcp';
export const banner = (creative_id: string, more: Partial<CreativeAsset> = {}): CreativeAsset => ({
  creative_id,
  name: `Banner ${creative_id}`,
  format_id: { agent_url: OWN, id: 'display_300x250' },
  assets: { image: { asset_type: 'image', url: 'https://cdn.example/a.png', width: 300, height: 250 } } as CreativeAsset['assets'],
  ...more,
});
export const wrong = (creative_id: string) =>
  banner(creative_id, {
    assets: { image: { asset_type: 'image', url: 'https://cdn.example/a.png', width: 728, height: 90 } } as CreativeAsset['assets'],
  });

/** @param verifier whom the seller asks about provenance */
export async function creativeSetting(catalogue: Partial<Catalogue> = {}, verifier?: Verifier) {
  const desk = testDesk({ platform: testPlatform, ...(verifier ? { verifier } : {}), catalogue: { ...catalogueOf(PRODUCTS), ...catalogue } });
  const caller = await callerWithAccount(desk);
  const decide = (creatives: CreativeAsset[], more: Partial<SyncCreativesRequest> = {}) =>
    syncCreatives({ idempotency_key: 'key-key-key-key-1', account: { account_id: 'acct_test' }, creatives, ...more }, caller, desk);
  const sync = async (creatives: CreativeAsset[], more: Partial<SyncCreativesRequest> = {}) => {
    const body = await record(desk, await decide(creatives, more));
    expectOfficial('sync_creatives', body);
    return body.creatives;
  };
  const put = (...buys: MediaBuyRecord[]) =>
    record(
      desk,
      buys.map((buy) => ({ kind: 'put_media_buy', buy }) as const),
    );
  const library = async () =>
    (await desk.store.listCreatives(caller.reach, {}, { by: 'created_date', direction: 'asc' }, { limit: 99 })).items.map(
      ({ creative_id, status }) => `${creative_id} ${status}`,
    );
  const buy = async (id = 'mb_1') => (await desk.store.mediaBuy(caller.reach, id))!;
  return { desk, caller, decide, sync, put, library, buy };
}

export const short = (creatives: readonly { creative_id: string; action: string; status?: string }[]) =>
  creatives.map(({ creative_id, action, status }) => [creative_id, action, ...(status ? [status] : [])].join(' '));
