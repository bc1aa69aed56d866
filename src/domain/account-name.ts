import type { AccountRef } from '../protocol/wire/core/account-ref.ts';

/** The account as it was named, to be said back: without how its brand wants to look, which nobody asked about and nobody has checked to its end. */
export function accountName(account: AccountRef): AccountRef {
  if ('account_id' in account) return { account_id: account.account_id };
  const { brand: { domain, brand_id }, operator, sandbox } = account;
  return { brand: { domain, ...(brand_id === undefined ? {} : { brand_id }) }, operator, ...(sandbox === undefined ? {} : { sandbox }) };
}
