import type { AccountScope } from './ports/account-scope.ts';

/** The production rule: accounts are exact, and each has a library and an idempotency scope of its own. */
export const strictAccountScope: AccountScope = {
  library: (_principal, _brand, _operator, account_id) => account_id,
  reach: (principal, account) => ({ principal_id: principal.principal_id, wide: false, ...(account ? { library: account.library } : {}) }),
  idempotencyScope: (principal, account) => JSON.stringify([principal.principal_id, account?.account_id ?? null]),
  choose: (_principal, naming, candidates) => candidates.filter((account) =>
    account.brand.domain === naming.brand?.domain
    && (account.brand.brand_id ?? undefined) === (naming.brand.brand_id ?? undefined)
    && account.operator === (naming.operator ?? account.brand.domain)
    && account.sandbox === (naming.sandbox ?? false)),
  initial: () => undefined,
  unknown: () => 'refuse',
};
