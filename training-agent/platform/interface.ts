/**
 * The training platform's own interface: what it is sent, and where. A small ad platform that does not exist, so its
 * shapes are ours; the names inside are AdCP's, and what a buyer identified by an id arrives under that id.
 */
import { Type, type Static } from 'typebox';
import { AudienceMember } from '../../src/protocol/wire/core/audience.ts';
import { ConversionEvent } from '../../src/protocol/wire/core/conversion-event.ts';
import { MEDIA_BUY_STATUSES } from '../../src/protocol/wire/core/media-buy-status.ts';
import { CATALOG_TYPES } from '../../src/protocol/wire/core/catalog.ts';
import { Amount, Ordinal } from '../../src/protocol/wire/core/numbers.ts';
import { OpenObject } from '../../src/protocol/wire/core/open-object.ts';
import { Currency, DateTime } from '../../src/protocol/wire/core/texts.ts';

/** The platform's documented address; in a sandbox it stands on the loopback interface. */
export const PLATFORM_ORIGIN = 'https://ads.training.example';

/** Events or members that one call may carry. */
export const MOST_IN_ONE_CALL = 1_000;

const Id = Type.String({ minLength: 1 });
const members = Type.Optional(Type.Array(AudienceMember, { minItems: 1, maxItems: MOST_IN_ONE_CALL }));

/** A line of a buy; goals, targeting, creatives and whatever else was agreed stand beside these as AdCP has them. */
const OrderedPackage = Type.Object({
  package_id: Id,
  product_id: Type.Optional(Id),
  budget: Type.Optional(Amount),
  bid_price: Type.Optional(Amount),
});

/** `POST /v1/accounts/{account_id}/media-buys` and `.../media-buys/{media_buy_id}`: the buy as it stands now. */
export const MediaBuyOrder = Type.Object({
  account_id: Id,
  media_buy_id: Id,
  status: Type.Enum(MEDIA_BUY_STATUSES),
  revision: Type.Integer({ minimum: 1 }),
  currency: Currency,
  start_time: DateTime,
  end_time: DateTime,
  brand: Type.Optional(Type.Object({})),
  packages: Type.Array(OrderedPackage),
});
export type MediaBuyOrder = Static<typeof MediaBuyOrder>;

/** `POST /v1/accounts/{account_id}/event-sources/{event_source_id}/events`; an event is known by its type and id. */
export const EventDelivery = Type.Object({
  account_id: Type.Optional(Id),
  event_source_id: Id,
  events: Type.Array(ConversionEvent, { minItems: 1, maxItems: MOST_IN_ONE_CALL }),
});
export type EventDelivery = Static<typeof EventDelivery>;

/** `POST /v1/accounts/{account_id}/audiences/{audience_id}`: members to add and to take out, or the end of the audience. */
export const AudienceChange = Type.Object({
  account_id: Id,
  audience_id: Id,
  name: Type.Optional(Type.String()),
  audience_type: Type.Optional(Type.String()),
  add: members,
  remove: members,
  delete: Type.Optional(Type.Literal(true)),
});
export type AudienceChange = Static<typeof AudienceChange>;

/** `POST /v1/accounts/{account_id}/catalogs/{catalog_id}`: a part of the items that may be shown, the first in the place of all before; or its end. */
export const CatalogUpload = Type.Object({
  account_id: Id,
  catalog_id: Id,
  type: Type.Optional(Type.Enum(CATALOG_TYPES)),
  name: Type.Optional(Type.String()),
  content_id_type: Type.Optional(Type.String()),
  part: Type.Optional(Type.Object({ number: Ordinal, of: Ordinal })),
  items: Type.Optional(Type.Array(Type.Object({ item_id: Id, item: OpenObject }), { maxItems: MOST_IN_ONE_CALL })),
  delete: Type.Optional(Type.Literal(true)),
});
export type CatalogUpload = Static<typeof CatalogUpload>;

/** `POST /v1/accounts/{account_id}/media-buys/{media_buy_id}/feedback`: 1 is as expected; without a package the whole buy is meant. */
export const Feedback = Type.Object({
  account_id: Id,
  media_buy_id: Id,
  package_id: Type.Optional(Id),
  creative_id: Type.Optional(Id),
  performance_index: Amount,
  metric_type: Id,
  feedback_source: Id,
  measurement_period: Type.Object({ start: DateTime, end: DateTime }),
});
export type Feedback = Static<typeof Feedback>;

const segment = encodeURIComponent;
const ofAccount = (account_id: string): string => `/v1/accounts/${segment(account_id)}`;

/** Paths below the origin. */
export const PATHS = {
  mediaBuys: (account_id: string) => `${ofAccount(account_id)}/media-buys`,
  mediaBuy: (account_id: string, media_buy_id: string) => `${ofAccount(account_id)}/media-buys/${segment(media_buy_id)}`,
  feedback: (account_id: string, media_buy_id: string) => `${ofAccount(account_id)}/media-buys/${segment(media_buy_id)}/feedback`,
  /** Events of a source may arrive without an account. */
  events: (account_id: string | undefined, event_source_id: string) =>
    `${account_id === undefined ? '/v1' : ofAccount(account_id)}/event-sources/${segment(event_source_id)}/events`,
  catalog: (account_id: string, catalog_id: string) => `${ofAccount(account_id)}/catalogs/${segment(catalog_id)}`,
  audience: (account_id: string, audience_id: string) => `${ofAccount(account_id)}/audiences/${segment(audience_id)}`,
} as const;

/** Whom a call of this platform concerns and what it is for, read back from its URL. */
export interface CallSubject {
  readonly account_id?: string;
  readonly event_source_id?: string;
  readonly purpose: 'platform_primary' | 'attribution';
}

/** @returns undefined when the URL is none of this platform's */
export function subjectOf(url: string): CallSubject | undefined {
  const { origin, pathname } = new URL(url);
  const found = /^\/v1(?:\/accounts\/([^/]+))?\/(?:(?:media-buys|audiences|catalogs)(?:\/[^/]+)?(?:\/feedback)?|event-sources\/([^/]+)\/events)$/.exec(pathname);
  if (origin !== PLATFORM_ORIGIN || found === null) return undefined;
  const [, account, source] = found;
  return {
    purpose: source === undefined ? 'platform_primary' : 'attribution',
    ...(account === undefined ? {} : { account_id: decodeURIComponent(account) }),
    ...(source === undefined ? {} : { event_source_id: decodeURIComponent(source) }),
  };
}
