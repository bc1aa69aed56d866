import { Type, type Static } from 'typebox';
import { ACCOUNT_STATUSES, AccountWithAuthorization } from './core/account.ts';
import { AccountRef } from './core/account-ref.ts';
import { request, response } from './core/envelope.ts';
import { AdcpError } from './core/error.ts';
import { PaginationRequest, PaginationResponse } from './core/pagination.ts';

/** Without filters: every account that the caller may see. */
export const ListAccountsRequest = request({
  account: Type.Optional(AccountRef),
  status: Type.Optional(Type.Enum(ACCOUNT_STATUSES)),
  sandbox: Type.Optional(Type.Boolean()),
  pagination: Type.Optional(PaginationRequest),
});
export type ListAccountsRequest = Static<typeof ListAccountsRequest>;

export const ListAccountsSuccess = Type.Object({
  accounts: Type.Array(AccountWithAuthorization),
  pagination: Type.Optional(PaginationResponse),
  errors: Type.Optional(Type.Array(AdcpError)),
});
export type ListAccountsSuccess = Static<typeof ListAccountsSuccess>;

export const ListAccountsResponse = response(ListAccountsSuccess);
export type ListAccountsResponse = Static<typeof ListAccountsResponse>;
