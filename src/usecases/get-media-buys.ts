import type { AccountRecord } from '../domain/account.ts';
import type { Caller } from '../domain/caller.ts';
import { audiencesOf, creativesOf, type Dependencies } from '../domain/impairments.ts';
import type { MediaBuyRecord } from '../domain/media-buy.ts';
import { shownMediaBuy } from '../domain/media-buy-listing.ts';
import { pagedList, pageInfo, pagePosition } from '../domain/pagination.ts';
import type { Change } from '../domain/ports/store.ts';
import type { GetMediaBuysRequest, GetMediaBuysSuccess } from '../protocol/wire/get-media-buys.ts';
import { currentBuys } from './current-buys.ts';
import { withdrawnItems } from './withdrawn-items.ts';
import { answer, type Desk, type UseCase } from './desk.ts';

/** The caller's media buys, a page at a time. Flights that began or ended are told of, and recorded, before anything is shown. */
export const getMediaBuys: UseCase<GetMediaBuysRequest, GetMediaBuysSuccess> = async (request, caller, desk) => {
  const list = pagedList('get_media_buys', caller.principal, request, desk);
  const position = pagePosition(request.pagination, list);
  if (position.kind === 'refused') return position;
  const now = desk.clock.now().toISOString();
  const { page, moved } = await currentBuys(request, position, caller.reach, desk);

  const accounts = await accountsOf(page.items, caller, desk);
  const dependencies = await dependenciesOf(page.items, caller, desk);
  const ledgers = request.include_snapshot ? await ledgersOf(page.items, desk) : undefined;
  const media_buys = page.items.map((buy) => {
    const account = accounts.get(buy.account_id);
    const ledger = ledgers?.get(buy.media_buy_id);
    return shownMediaBuy(buy, {
      ...dependencies.get(buy.library)!,
      features: desk.features,
      ...(desk.review?.creatives ? { review: desk.review.creatives } : {}),
      history: request.include_history ?? 0,
      ...(account ? { account } : {}),
      ...(ledgers ? { snapshot: { now, ...(ledger ? { ledger } : {}) } } : {}),
    });
  });
  const changes = moved.map((buy): Change => ({ kind: 'put_media_buy', buy }));
  return answer(
    { media_buys, pagination: pageInfo(page.last, list, page.total) },
    changes,
    moved.map(({ media_buy_id }) => `media_buy:${media_buy_id}`),
  );
};

async function accountsOf(
  buys: readonly MediaBuyRecord[],
  { principal, account }: Caller,
  desk: Desk,
): Promise<ReadonlyMap<string, AccountRecord>> {
  const ids = [...new Set(buys.map(({ account_id }) => account_id))];
  const found = await Promise.all(ids.map((id) => (account?.account_id === id ? account : desk.store.account(principal.principal_id, id))));
  return new Map(found.flatMap((each) => (each ? [[each.account_id, each]] : [])));
}

/** What the packages name, by the library in which they name it. */
async function dependenciesOf(buys: readonly MediaBuyRecord[], { reach }: Caller, desk: Desk): Promise<ReadonlyMap<string, Dependencies>> {
  const libraries = [...new Set(buys.map(({ library }) => library))];
  const loaded = await Promise.all(
    libraries.map(async (library) => {
      const packages = buys.filter((buy) => buy.library === library).flatMap((buy) => buy.packages);
      const [creative_ids, audience_ids] = [packages.flatMap(creativesOf), packages.flatMap(audiencesOf)];
      const own = { ...reach, library };
      const creatives = creative_ids.length > 0 ? await desk.store.creatives(own, creative_ids) : [];
      const there = new Set(creatives.map(({ creative_id }) => creative_id));
      const missing = creative_ids.filter((id) => !there.has(id));
      const gone = missing.length > 0 ? await desk.store.purgedCreatives(own, missing) : [];
      const audiences = audience_ids.length > 0 ? await desk.store.audiences(own, audience_ids) : [];
      const withdrawn = await withdrawnItems(packages, own, desk);
      return [
        library,
        {
          withdrawn,
          creatives: new Map(creatives.map((each) => [each.creative_id, each])),
          audiences: new Map(audiences.map((each) => [each.audience_id, each])),
          purged: new Map(gone.map((each) => [each.creative_id, each])),
        },
      ] as const;
    }),
  );
  return new Map(loaded);
}

async function ledgersOf(buys: readonly MediaBuyRecord[], desk: Desk) {
  const found = await Promise.all(buys.map(({ principal_id, media_buy_id }) => desk.store.delivery(principal_id, [media_buy_id])));
  return new Map(found.flat().map((ledger) => [ledger.media_buy_id, ledger]));
}
