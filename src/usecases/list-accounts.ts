import { shownAccount } from '../domain/account-view.ts';
import type { AccountRecord } from '../domain/account.ts';
import type { Caller } from '../domain/caller.ts';
import { authorizationOf } from '../domain/grant.ts';
import { pagedList, pageInfo, pagePosition } from '../domain/pagination.ts';
import type { AccountNaming } from '../domain/ports/account-scope.ts';
import type { AccountFilter } from '../domain/ports/store-queries.ts';
import type { Change } from '../domain/ports/store.ts';
import { provisioned } from '../domain/provisioning.ts';
import type { ListAccountsRequest, ListAccountsSuccess } from '../protocol/wire/list-accounts.ts';
import { answer, type Desk, type UseCase } from './desk.ts';

/** The caller's accounts, filtered, in pages. */
export const listAccounts: UseCase<ListAccountsRequest, ListAccountsSuccess> = async (request, caller, desk) => {
  const list = pagedList('list_accounts', caller.principal, request, desk);
  const position = pagePosition(request.pagination, list);
  if (position.kind === 'refused') return position;
  const { grant } = caller.principal;
  const page = await desk.store.accounts(caller.principal.principal_id, { ...filterOf(request), ...(grant?.account_ids ? { account_ids: grant.account_ids } : {}) }, position);
  const first = page.total === 0 && grant === undefined ? await initialAccount(caller, desk) : undefined;
  if (first && fits(first, request)) return answer({ accounts: [shownAccount(first)], pagination: pageInfo(undefined, list, 1) }, [created(first)]);
  const authorization = authorizationOf(grant, desk.served);
  const accounts = page.items.map((account) => ({ ...shownAccount(account), ...(authorization ? { authorization } : {}) }));
  return answer({ accounts, pagination: pageInfo(page.last, list, page.total) });
};

function filterOf({ account, status, sandbox }: ListAccountsRequest): AccountFilter {
  const naming = account as AccountNaming | undefined;
  return {
    ...(status ? { status } : {}), ...(sandbox === undefined ? {} : { sandbox }),
    ...(naming?.account_id === undefined ? {} : { account_id: naming.account_id }),
    ...(naming?.brand ? { brand_domain: naming.brand.domain, operator: naming.operator! } : {}),
    ...(naming?.brand?.brand_id ? { brand_id: naming.brand.brand_id } : {}),
  };
}

/** A principal that has no account at all may have one waiting for it. */
async function initialAccount({ principal }: Caller, desk: Desk): Promise<AccountRecord | undefined> {
  const naming = desk.scope.initial(principal);
  const any = naming && await desk.store.accounts(principal.principal_id, {}, { limit: 1 });
  if (naming === undefined || (any?.total ?? 0) > 0) return undefined;
  return provisioned(naming, principal, desk.scope, { account_id: desk.ids.next('acct'), now: desk.clock.now().toISOString() }, desk.seller);
}

const fits = (account: AccountRecord, { account: naming, status, sandbox }: ListAccountsRequest): boolean =>
  naming === undefined && (status === undefined || status === account.status) && (sandbox === undefined || sandbox === account.sandbox);

const created = (account: AccountRecord): Change => ({ kind: 'put_account', account, onlyIfNew: true });
