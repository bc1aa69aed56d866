/** Step 6 of a call: which account does the request name, and what may the caller touch with it (seller specification §1.10). */
import type { AccountRecord } from '../domain/account.ts';
import type { Caller, Principal } from '../domain/caller.ts';
import type { AccountNaming } from '../domain/ports/account-scope.ts';
import type { Change } from '../domain/ports/store.ts';
import { provisioned } from '../domain/provisioning.ts';
import { invalid, refuse, type Refused } from '../protocol/errors.ts';
import type { Task } from '../protocol/tasks.ts';
import type { Desk } from '../usecases/desk.ts';
import { findAccounts } from '../usecases/find-accounts.ts';

/** The caller, with changes that make its account exist when the sandbox provisions one. */
export interface ResolvedCaller {
  readonly kind: 'resolved';
  readonly caller: Caller;
  readonly naming: AccountNaming | undefined;
  readonly changes: readonly Change[];
}

export async function resolveCaller(
  task: Task, request: Readonly<Record<string, unknown>>, principal: Principal, desk: Desk,
): Promise<ResolvedCaller | Refused> {
  const naming = namingOf(task.shape === 'own' || !isAccountRef(request['account']) ? namable(request) : request);
  const known = (account: AccountRecord | undefined, changes: readonly Change[] = []): ResolvedCaller => ({
    kind: 'resolved', naming, changes,
    caller: { principal, reach: desk.scope.reach(principal, account, naming), ...(account ? { account } : {}) },
  });
  if (naming === undefined || request['account'] === undefined) {
    const own = await impliedAccount(task, principal, desk);
    return own !== undefined && 'kind' in own ? own : known(own);
  }

  const found = await findAccounts(principal, naming, desk);
  if (found.length === 1) return known(found[0]);
  if (task.account === 'loose') return known(undefined);
  if (found.length > 1) return refuse('ACCOUNT_AMBIGUOUS', 'several accounts fit; name one by account_id', { field: 'account' });
  switch (desk.scope.unknown(principal, naming, task.mutating)) {
    case 'without': return known(undefined);
    case 'refuse': return refuse('ACCOUNT_NOT_FOUND', 'no such account for this caller', { field: 'account' });
    case 'provision': {
      const account = provisioned(naming, principal, desk.scope, { account_id: desk.ids.next('acct'), now: desk.clock.now().toISOString() }, desk.seller);
      return known(account, [{ kind: 'put_account', account, onlyIfNew: true }]);
    }
  }
}

/** Whether an account is named as AdCP does, or none is. Not every task of AdCP has an account, and then its shape says nothing of one. */
function isAccountRef(account: unknown): boolean {
  if (typeof account !== 'object' || account === null) return true;
  const { account_id = '', brand, operator = '', sandbox = false } = account as Readonly<Record<string, unknown>>;
  return typeof account_id === 'string' && typeof operator === 'string' && typeof sandbox === 'boolean' && (brand === undefined || typeof (brand as { domain?: unknown } | null)?.domain === 'string');
}

/** Of a request whose task checks it later, or not at all: what can name an account. */
function namable(request: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const members = (node: unknown): Readonly<Record<string, unknown>> => (typeof node === 'object' && node !== null ? node as Record<string, unknown> : {});
  const texts = (node: unknown, names: readonly string[]) => names.filter((name) => typeof members(node)[name] === 'string').map((name) => [name, members(node)[name]]);
  const brandOf = (node: unknown) => (typeof members(members(node)['brand'])['domain'] === 'string' ? { brand: Object.fromEntries(texts(members(node)['brand'], ['domain', 'brand_id'])) } : {});
  const { account } = request;
  const sandbox = members(account)['sandbox'];
  return {
    ...brandOf(request),
    ...(account === undefined ? {} : { account: { ...Object.fromEntries(texts(account, ['account_id', 'operator'])), ...brandOf(account), ...(typeof sandbox === 'boolean' ? { sandbox } : {}) } }),
  };
}

/**
 * The account of a credential that is limited to certain ones, for a call that names none: the only one, or a refusal where there are several.
 * Tasks that read nothing of an account, or look after the limit themselves, get none.
 */
async function impliedAccount(task: Task, { principal_id, grant }: Principal, desk: Desk): Promise<AccountRecord | undefined | Refused> {
  if (grant?.account_ids === undefined || task.account === 'loose' || (task.open && !task.keyed)) return undefined;
  const [only, ...others] = grant.account_ids;
  if (only === undefined || others.length > 0) return invalid('account', 'this credential is for certain accounts: name one of them; list_accounts lists them');
  return (await desk.store.account(principal_id, only)) ?? refuse('ACCOUNT_NOT_FOUND', 'no such account for this caller', { field: 'account' });
}

/** The account that a request names, or the brand that it is about. The shape has been checked before. */
function namingOf(request: Readonly<Record<string, unknown>>): AccountNaming | undefined {
  const account = request['account'];
  const own = typeof account === 'object' && account !== null ? (account as AccountNaming) : undefined;
  const brand = own?.brand ?? (request['brand'] as AccountNaming['brand'] | undefined);
  if (own === undefined && brand === undefined) return undefined;
  return { ...own, ...(brand && typeof brand.domain === 'string' ? { brand } : {}) };
}
