/** A buyer at a desk, for tests of media buys: every call goes through the use case, is held against AdCP's schema and committed. */
import { expect } from 'vitest';
import type { AccountRecord } from '../../src/domain/account.ts';
import type { Caller } from '../../src/domain/caller.ts';
import type { AdcpError } from '../../src/protocol/errors.ts';
import type { CreateMediaBuyRequest, CreateMediaBuySuccess } from '../../src/protocol/wire/create-media-buy.ts';
import type { MediaBuy } from '../../src/protocol/wire/core/media-buy.ts';
import type { PackageRequest } from '../../src/protocol/wire/core/package-request.ts';
import type { Product } from '../../src/protocol/wire/core/product.ts';
import type { GetMediaBuysRequest, GetMediaBuysSuccess } from '../../src/protocol/wire/get-media-buys.ts';
import type { UpdateMediaBuyRequest, UpdateMediaBuySuccess } from '../../src/protocol/wire/update-media-buy.ts';
import type { Desk } from '../../src/usecases/desk.ts';
import { createMediaBuy } from '../../src/usecases/create-media-buy.ts';
import { getMediaBuys } from '../../src/usecases/get-media-buys.ts';
import { updateMediaBuy } from '../../src/usecases/update-media-buy.ts';
import { callerWithAccount, catalogueOf, PRODUCTS, record, testDesk, type TestDesk } from './desk.ts';
import { creativeRecord } from './library-records.ts';
import { expectOfficial } from './official.ts';

/** Three weeks after the test clock's start, and a month later. */
export const START = '2026-12-11T00:00:00Z';
export const END = '2027-01-11T00:00:00Z';

export const ordered = (more: Partial<PackageRequest> = {}): PackageRequest => ({
  product_id: 'display_auction',
  pricing_option_id: 'auction',
  budget: 1000,
  ...more,
});

/** One plain package unless others are given; an empty list sends none. */
export type Order = Partial<Omit<CreateMediaBuyRequest, 'packages'>> & { packages?: readonly Partial<PackageRequest>[] };
export type Change = Partial<UpdateMediaBuyRequest> & { media_buy_id: string };

/** A creative that may come along with a package. */
export const inline = {
  creative_id: 'inline_1',
  name: 'Inline',
  format_id: { agent_url: 'https://seller.example/mcp', id: 'display_300x250' },
  weight: 40,
  assets: { image: { asset_type: 'image' as const, url: 'https://cdn.example/a.png', width: 300, height: 250 } },
};

export interface Buyer {
  readonly desk: TestDesk;
  readonly caller: Caller & { readonly account: AccountRecord };
  create(order?: Order): Promise<CreateMediaBuySuccess>;
  update(change: Change): Promise<UpdateMediaBuySuccess>;
  read(request?: GetMediaBuysRequest): Promise<GetMediaBuysSuccess>;
  one(media_buy_id: string, request?: GetMediaBuysRequest): Promise<MediaBuy>;
  /** Why the call is refused. @throws when it is not */
  refusedCreate(order: Order): Promise<readonly AdcpError[]>;
  refusedUpdate(change: Change): Promise<readonly AdcpError[]>;
}

export async function buyer(
  desks: Parameters<typeof testDesk>[0] & { products?: readonly Product[] } = {},
  account: Partial<AccountRecord> = {},
): Promise<Buyer> {
  const { products, ...more } = desks;
  const desk = testDesk({ ...(products ? { catalogue: catalogueOf([...products, ...PRODUCTS]) } : {}), ...more });
  const caller = await callerWithAccount(desk, account);
  const reference = { account_id: caller.account.account_id };
  const orderOf = ({ packages, ...rest }: Order): CreateMediaBuyRequest => ({
    idempotency_key: 'create-0123456789',
    account: reference,
    brand: { domain: 'trailandtent.example' },
    start_time: START,
    end_time: END,
    ...(packages && packages.length === 0 ? {} : { packages: (packages ?? [{}]).map(ordered) }),
    ...rest,
  });
  const changeOf = (change: Change): UpdateMediaBuyRequest => ({ idempotency_key: 'update-0123456789', account: reference, ...change });
  const read = async (request: GetMediaBuysRequest = {}) => committed(desk, 'get_media_buys', await getMediaBuys(request, caller, desk));
  return {
    desk,
    caller,
    read,
    create: async (order = {}) => committed(desk, 'create_media_buy', await createMediaBuy(orderOf(order), caller, desk)),
    update: async (change) => committed(desk, 'update_media_buy', await updateMediaBuy(changeOf(change), caller, desk)),
    one: async (media_buy_id, request = {}) => (await read({ ...request, media_buy_ids: [media_buy_id] })).media_buys[0]!,
    refusedCreate: async (order) => errorsOf(await createMediaBuy(orderOf(order), caller, desk)),
    refusedUpdate: async (change) => errorsOf(await updateMediaBuy(changeOf(change), caller, desk)),
  };
}

async function committed<Body extends object>(
  desk: Desk,
  task: Parameters<typeof expectOfficial>[0],
  decision: Parameters<typeof record<Body>>[1],
): Promise<Body> {
  const body = await record<Body>(desk, decision);
  const wire = JSON.parse(JSON.stringify(body)) as Body;
  expectOfficial(task, wire);
  return wire;
}

function errorsOf(decision: Awaited<ReturnType<typeof createMediaBuy | typeof updateMediaBuy>>): readonly AdcpError[] {
  expect(decision.kind).toBe('refused');
  return decision.kind === 'refused' ? decision.errors : [];
}

export const assigned = (...ids: string[]) => ({ creative_assignments: ids.map((creative_id) => ({ creative_id })) });

/** A buyer with one buy; its packages have the banner of the library. */
export async function bought(order: Order = {}, ...desk: Parameters<typeof buyer>) {
  const who = await buyer(...desk);
  await record(who.desk, [{ kind: 'put_creative', creative: creativeRecord('banner') }]);
  const packages = (order.packages ?? [{}]).map((each) => ({ ...assigned('banner'), ...each }));
  const body = await who.create({ ...order, packages });
  const { media_buy_id } = body;
  const ids = body.packages.map(({ package_id }) => package_id);
  return {
    ...who,
    media_buy_id,
    ids,
    pkg: ids[0]!,
    change: (changes: Omit<Change, 'media_buy_id'>) => who.update({ media_buy_id, ...changes }),
    async refusal(changes: Omit<Change, 'media_buy_id'>) {
      const [error] = await who.refusedUpdate({ media_buy_id, ...changes });
      return error!;
    },
    stored: async () => (await who.desk.store.mediaBuy(who.caller.reach, media_buy_id))!,
  };
}
