import { Type, type Static } from 'typebox';
import { AccountRef } from './core/account-ref.ts';
import { request, response } from './core/envelope.ts';
import { AdcpError } from './core/error.ts';
import { MediaBuy } from './core/media-buy.ts';
import { MediaBuyStatusFilter } from './core/media-buy-status.ts';
import { PaginationRequest, PaginationResponse } from './core/pagination.ts';

/** Without ids and status: every buy of the account, a page at a time. */
export const GetMediaBuysRequest = request({
  account: Type.Optional(AccountRef),
  media_buy_ids: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
  status_filter: Type.Optional(MediaBuyStatusFilter),
  include_snapshot: Type.Optional(Type.Boolean()),
  include_history: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
  include_webhook_activity: Type.Optional(Type.Boolean()),
  webhook_activity_limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  pagination: Type.Optional(PaginationRequest),
});
export type GetMediaBuysRequest = Static<typeof GetMediaBuysRequest>;

/** Unknown ids are absent; `errors` may say so. */
export const GetMediaBuysSuccess = Type.Object({
  media_buys: Type.Array(MediaBuy),
  pagination: Type.Optional(PaginationResponse),
  errors: Type.Optional(Type.Array(AdcpError)),
  sandbox: Type.Optional(Type.Boolean()),
});
export type GetMediaBuysSuccess = Static<typeof GetMediaBuysSuccess>;

export const GetMediaBuysResponse = response(GetMediaBuysSuccess);
export type GetMediaBuysResponse = Static<typeof GetMediaBuysResponse>;
