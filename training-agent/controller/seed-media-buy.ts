import { Type, type Static } from 'typebox';
import type { AccountRecord } from '../../src/domain/account.ts';
import type { MediaBuyRecord, PackageRecord } from '../../src/domain/media-buy.ts';
import { checkShape } from '../../src/protocol/request-check.ts';
import { MEDIA_BUY_STATUSES } from '../../src/protocol/wire/core/media-buy-status.ts';
import { OpenObject } from '../../src/protocol/wire/core/open-object.ts';
import { Package } from '../../src/protocol/wire/core/package.ts';
import { Currency, DateTime } from '../../src/protocol/wire/core/texts.ts';
import { completedProduct } from '../catalogue/completed-product.ts';
import { objectsOf } from '../catalogue/row.ts';
import { fixtureOf } from './fixture.ts';
import { homeAccount } from './home-account.ts';
import { refusal, seeded, type Asker, type Scenario } from './scenario.ts';

const Flight = Type.Object({ start: Type.Optional(DateTime), end: Type.Optional(DateTime) });

/** A buy may be written thin: its status alone. */
const MediaBuyFixture = Type.Object({
  status: Type.Optional(Type.Enum(MEDIA_BUY_STATUSES)),
  currency: Type.Optional(Currency),
  budget: Type.Optional(Type.Object({ currency: Type.Optional(Currency) })),
  start_time: Type.Optional(DateTime),
  end_time: Type.Optional(DateTime),
  flight: Type.Optional(Flight),
  confirmed_at: Type.Optional(DateTime),
  revision: Type.Optional(Type.Integer({ minimum: 1 })),
  brand: Type.Optional(OpenObject),
  context: Type.Optional(OpenObject),
  ext: Type.Optional(OpenObject),
  rejection_reason: Type.Optional(Type.String()),
  packages: Type.Optional(Type.Array(Package)),
});
type MediaBuyFixture = Static<typeof MediaBuyFixture>;

/** How long a buy runs that states no end. */
const USUAL_FLIGHT_MS = 30 * 86_400_000;

/** A media buy as if it had been bought, in any state. Nothing of it is sent upstream: it was never bought. */
export const seedMediaBuy: Scenario<'seed_media_buy'> = async (params, asker) => {
  const { caller: { principal }, desk } = asker;
  const { media_buy_id } = params;
  const stated = fixtureOf(params);
  const fixture = { ...stated, ...(stated['packages'] === undefined ? {} : { packages: named(stated['packages'], media_buy_id) }) };
  const flaw = checkShape(MediaBuyFixture, fixture, ['params', 'fixture']);
  if (flaw) return refusal('INVALID_PARAMS', flaw.message);

  const known = await desk.store.mediaBuy({ principal_id: principal.principal_id, wide: true }, media_buy_id);
  const { account, changes } = known ? { account: known, changes: [] } : await homeAccount(asker);
  const packages = await Promise.all(((fixture as MediaBuyFixture).packages ?? []).map((each) => packageRecord(each, asker)));
  const buy = { ...bought(media_buy_id, fixture as MediaBuyFixture, account, desk.clock.now()), packages, row_version: known?.row_version ?? 0 };
  return seeded(`media buy ${media_buy_id} is seeded`, [...changes, { kind: 'put_media_buy', buy }], [`media_buy:${media_buy_id}`]);
};

const named = (packages: unknown, media_buy_id: string) => objectsOf(packages).map((each, at) => ({ package_id: `${media_buy_id}_package_${at + 1}`, ...each }));

type Owner = Pick<AccountRecord, 'account_id' | 'principal_id' | 'library'>;

function bought(media_buy_id: string, fixture: MediaBuyFixture, { account_id, principal_id, library }: Owner, now: Date): Omit<MediaBuyRecord, 'packages' | 'row_version'> {
  const at = now.toISOString();
  const { status = 'active', revision = 1, flight, budget, brand, context, ext, rejection_reason } = fixture;
  return {
    media_buy_id, principal_id, account_id, library, status, revision, hold: status === 'paused',
    confirmed_at: fixture.confirmed_at ?? at, created_at: fixture.confirmed_at ?? at, updated_at: at,
    start_time: fixture.start_time ?? flight?.start ?? at,
    end_time: fixture.end_time ?? flight?.end ?? new Date(now.getTime() + USUAL_FLIGHT_MS).toISOString(),
    currency: fixture.currency ?? budget?.currency ?? 'USD',
    ...(brand ? { brand } : {}), ...(context ? { context } : {}), ...(ext ? { ext } : {}),
    ...(rejection_reason ? { rejection_reason } : {}),
    ...(status === 'canceled' ? { cancellation: { canceled_at: at, canceled_by: 'seller' as const } } : {}),
    history: [{ at, event: 'forced', actor: 'seller', status, revision }],
  };
}

/** A package as of the product that it names; one without a product has usual terms and no price. */
async function packageRecord(each: Package, { caller, desk }: Asker): Promise<PackageRecord> {
  const { product_id, pricing_option_id } = each;
  const product = product_id === undefined ? undefined : await desk.catalogue.product(caller, product_id);
  const { channels, delivery_type, metric_optimization, reporting_capabilities, allowed_actions } =
    product ?? completedProduct({ product_id: product_id ?? each.package_id }, desk.seller.agent_url);
  const pricing = product?.pricing_options.find((option) => option.pricing_option_id === pricing_option_id) ?? product?.pricing_options[0];
  return {
    package: each,
    ...(pricing ? { pricing } : {}),
    terms: {
      delivery_type, reporting_capabilities,
      ...(channels ? { channels } : {}), ...(metric_optimization ? { metric_optimization } : {}), ...(allowed_actions ? { allowed_actions } : {}),
    },
  };
}
