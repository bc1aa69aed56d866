/**
 * How far an account reaches in a sandbox. The official harness names one advertiser's account in several ways within a
 * run (another operator, with and without the sandbox flag, by an id that was never provisioned), so what is registered
 * belongs to the caller and the brand, and ids are found in all of the caller's accounts. Live callers get the strict rule.
 */
import type { AccountRecord, Brand } from '../src/domain/account.ts';
import type { Principal } from '../src/domain/caller.ts';
import type { AccountNaming, AccountScope } from '../src/domain/ports/account-scope.ts';
import { strictAccountScope } from '../src/domain/strict-account-scope.ts';
import { kitOfPrincipal } from './kits.ts';

/** Creatives, audiences, event sources and events of one caller for one brand. */
export const libraryOf = (principal: Principal, brand: Brand): string => JSON.stringify([principal.principal_id, brand.domain]);

const brandOf = (account: AccountRecord | undefined, naming: AccountNaming | undefined): Brand | undefined => account?.brand ?? naming?.brand;

export const sandboxAccountScope: AccountScope = {
  library(principal: Principal, brand: Brand, operator: string, account_id: string): string {
    return principal.mode === 'live' ? strictAccountScope.library(principal, brand, operator, account_id) : libraryOf(principal, brand);
  },

  reach(principal: Principal, account: AccountRecord | undefined, naming: AccountNaming | undefined) {
    if (principal.mode === 'live') return strictAccountScope.reach(principal, account, naming);
    const brand = brandOf(account, naming);
    return { principal_id: principal.principal_id, wide: true, ...(brand ? { library: account?.library ?? libraryOf(principal, brand) } : {}) };
  },

  idempotencyScope(principal: Principal, account: AccountRecord | undefined, naming: AccountNaming | undefined): string {
    if (principal.mode === 'live') return strictAccountScope.idempotencyScope(principal, account, naming);
    return JSON.stringify([principal.principal_id, brandOf(account, naming)?.domain ?? null]);
  },

  /** The best fit of those with the same operator: a flag or brand id that is not stated fits any. */
  choose(principal: Principal, naming: AccountNaming, candidates: readonly AccountRecord[]): readonly AccountRecord[] {
    if (principal.mode === 'live') return strictAccountScope.choose(principal, naming, candidates);
    const asked = naming.brand;
    const fits = candidates.filter(({ brand, operator, sandbox }) =>
      brand.domain === asked?.domain
      && operator === (naming.operator ?? brand.domain)
      && (naming.sandbox === undefined || sandbox === naming.sandbox)
      && (asked.brand_id === undefined || brand.brand_id === undefined || brand.brand_id === asked.brand_id));
    const best = fits.find(({ brand, sandbox }) => brand.brand_id === asked?.brand_id && sandbox) ?? fits[0];
    return best ? [best] : [];
  },

  /** An advertiser of the harness finds an account of its own brand, because some flows start by listing accounts. */
  initial(principal: Principal): AccountNaming | undefined {
    const brand = principal.mode === 'live' ? undefined : kitOfPrincipal(principal.principal_id)?.brand;
    return brand && { brand, operator: brand.domain, sandbox: true };
  },

  /** Reads go on without an account; writes make one for a natural key, and cannot for an id. */
  unknown(principal: Principal, naming: AccountNaming, mutating: boolean): 'refuse' | 'without' | 'provision' {
    if (principal.mode === 'live') return strictAccountScope.unknown(principal, naming, mutating);
    if (!mutating) return 'without';
    return naming.account_id === undefined && naming.brand !== undefined ? 'provision' : 'refuse';
  },
};
