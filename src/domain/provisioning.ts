import type { AccountRecord } from './account.ts';
import type { Principal } from './caller.ts';
import type { AccountNaming, AccountScope } from './ports/account-scope.ts';

/** A new, active account for the brand and operator that a request names, which nobody has asked for as such. */
export function provisioned(
  naming: AccountNaming, principal: Principal, scope: AccountScope,
  fresh: { readonly account_id: string; readonly now: string }, offer: { readonly supported_billing: readonly string[] },
): AccountRecord {
  const brand = { domain: naming.brand!.domain, ...(naming.brand!.brand_id ? { brand_id: naming.brand!.brand_id } : {}) };
  const operator = naming.operator ?? brand.domain;
  return {
    account_id: fresh.account_id, principal_id: principal.principal_id, row_version: 0,
    library: scope.library(principal, brand, operator, fresh.account_id),
    brand, operator, sandbox: naming.sandbox ?? principal.mode === 'sandbox',
    name: operator === brand.domain ? brand.domain : `${brand.domain} via ${operator}`,
    status: 'active', billing: offer.supported_billing[0] ?? 'operator', account_scope: 'operator_brand', created_at: fresh.now, unasked: true,
  };
}
