import type { AccountRecord } from '../domain/account.ts';
import type { Principal } from '../domain/caller.ts';
import { reaches } from '../domain/grant.ts';
import type { AccountNaming } from '../domain/ports/account-scope.ts';
import type { Desk } from './desk.ts';

/** More accounts than one brand of one caller has. */
const ALL = 10_000;

/**
 * The accounts of a caller that a naming fits: none, one, or several when a natural key is shared.
 * @param pending accounts decided on in this call and not stored yet; they stand for their stored versions
 */
export async function findAccounts(principal: Principal, naming: AccountNaming, desk: Desk, pending: readonly AccountRecord[] = []): Promise<readonly AccountRecord[]> {
  const current = (account: AccountRecord) => pending.find((each) => each.account_id === account.account_id) ?? account;
  if (naming.account_id !== undefined) {
    const stored = await desk.store.account(principal.principal_id, naming.account_id);
    return stored && reaches(principal.grant, stored) ? [current(stored)] : [];
  }
  if (naming.brand === undefined) return [];
  const { items } = await desk.store.accounts(principal.principal_id, { brand_domain: naming.brand.domain }, { limit: ALL });
  return desk.scope.choose(principal, naming, [...items.filter((account) => reaches(principal.grant, account)).map(current), ...pending.filter((account) => account.row_version === 0)]);
}
