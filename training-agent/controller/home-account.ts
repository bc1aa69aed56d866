import type { AccountRecord, Brand } from '../../src/domain/account.ts';
import type { AccountNaming } from '../../src/domain/ports/account-scope.ts';
import type { Change } from '../../src/domain/ports/store.ts';
import { provisioned } from '../../src/domain/provisioning.ts';
import { kitOfPrincipal } from '../kits.ts';
import type { Asker } from './scenario.ts';

export interface HomeAccount {
  readonly account: AccountRecord;
  /** Makes the account when it is new. */
  readonly changes: readonly Change[];
}

/** Where neither the call nor the caller has a brand. */
const NOBODYS_BRAND: Brand = { domain: 'test.example' };

/** The brand that a call is about: the one that it names, else the caller's own. */
export const brandOf = ({ caller, named }: Asker): Brand =>
  caller.account?.brand ?? named.brand ?? kitOfPrincipal(caller.principal.principal_id)?.brand ?? NOBODYS_BRAND;

/** The account that seeded rows belong to. Harnesses seed under accounts that nobody provisioned: then it is made. */
export async function homeAccount(asker: Asker): Promise<HomeAccount> {
  const { caller: { principal, account }, named, desk } = asker;
  if (account) return { account, changes: [] };
  const brand = brandOf(asker);
  const naming: AccountNaming = { brand, operator: named.operator ?? brand.domain, sandbox: true };
  const { items } = await desk.store.accounts(principal.principal_id, { brand_domain: brand.domain, sandbox: true }, { limit: 1_000 });
  const [known] = desk.scope.choose(principal, naming, items);
  if (known) return { account: known, changes: [] };
  const own = provisioned(naming, principal, desk.scope, { account_id: desk.ids.next('acct'), now: desk.clock.now().toISOString() }, desk.seller);
  return { account: own, changes: [{ kind: 'put_account', account: own, onlyIfNew: true }] };
}
