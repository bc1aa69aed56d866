import { configuredAccounts } from '../domain/account-view.ts';
import { ACCOUNT_EDGES, type AccountRecord } from '../domain/account.ts';
import { entryFlaw, withSettings } from '../domain/account-settings.ts';
import type { Caller } from '../domain/caller.ts';
import type { AccountNaming } from '../domain/ports/account-scope.ts';
import type { Change } from '../domain/ports/store.ts';
import { provisioned } from '../domain/provisioning.ts';
import { adcpError, type AdcpError } from '../protocol/errors.ts';
import type { SyncAccountsEntry, SyncAccountsRequest, SyncAccountsSuccess, SyncedAccount } from '../protocol/wire/sync-accounts.ts';
import { answer, type Desk, type UseCase } from './desk.ts';
import { findAccounts } from './find-accounts.ts';
import { proofBudget, subscribersOf, type ProofBudget } from './subscribers.ts';

/** Provisions accounts on their natural key, or changes the settings of known ones; each entry succeeds or fails alone, in order. */
export const syncAccounts: UseCase<SyncAccountsRequest, SyncAccountsSuccess> = async (request, caller, desk) => {
  const touched = new Map<string, AccountRecord>();
  const changed = new Set<string>();
  const listed = new Set<string>();
  const results: SyncedAccount[] = [];
  const call = { budget: proofBudget(), dry: request.dry_run === true };
  for (const entry of request.accounts) {
    const outcome = await settle(entry, caller, desk, [...touched.values()], call);
    if (outcome.account) listed.add(outcome.account.account_id);
    if (outcome.kind === 'failed') { results.push(failure(entry, outcome.error, outcome.account)); continue; }
    touched.set(outcome.account.account_id, outcome.account);
    if (outcome.action !== 'unchanged' || outcome.adopted) changed.add(outcome.account.account_id);
    results.push({ ...configuredAccounts(outcome.account), action: outcome.action, ...(outcome.warnings.length > 0 ? { warnings: [...outcome.warnings] } : {}) });
  }
  const closed = request.delete_missing ? await missing(caller, desk, listed) : [];
  const accounts = [...results, ...closed.map((account): SyncedAccount => ({ ...configuredAccounts(account), action: 'updated' }))];
  if (request.dry_run) return answer({ accounts, dry_run: true });
  const puts = [...[...changed].map((id) => touched.get(id)!), ...closed];
  return answer(
    { accounts },
    puts.map((account): Change => ({ kind: 'put_account', account, ...(account.row_version === 0 ? { onlyIfNew: true } : {}) })),
    puts.map(({ account_id }) => `account:${account_id}`),
  );
};

type Settled =
  | { readonly kind: 'settled'; readonly account: AccountRecord; readonly action: 'created' | 'updated' | 'unchanged'; readonly adopted: boolean; readonly warnings: readonly string[] }
  | { readonly kind: 'failed'; readonly error: AdcpError; readonly account?: AccountRecord };

async function settle(
  entry: SyncAccountsEntry, caller: Caller, desk: Desk, touched: readonly AccountRecord[], { budget, dry }: { readonly budget: ProofBudget; readonly dry: boolean },
): Promise<Settled> {
  const { principal } = caller;
  const [known] = await findAccounts(principal, (entry.account ?? entry) as AccountNaming, desk, touched);
  if (entry.account && known === undefined)
    return { kind: 'failed', error: adcpError('ACCOUNT_NOT_FOUND', 'no such account for this caller', { field: 'account' }) };
  const flaw = entryFlaw(entry, { ...desk.seller, sandbox: desk.test_scenarios !== undefined }, principal);
  if (flaw) return { kind: 'failed', error: flaw, ...(known ? { account: known } : {}) };
  const { unasked: adopted = false, ...start } = known ?? provisioned(entry as AccountNaming, principal, desk.scope, { account_id: desk.ids.next('acct'), now: desk.clock.now().toISOString() }, desk.seller);
  const subscribers = entry.notification_configs
    && await subscribersOf(entry.notification_configs, start.notification_configs ?? [], start.account_id, desk, budget, dry);
  const { account, changed } = withSettings(start, entry, subscribers?.configs, desk.vault);
  return { kind: 'settled', account, adopted, action: known === undefined ? 'created' : changed ? 'updated' : 'unchanged', warnings: subscribers?.warnings ?? [] };
}

/**
 * Accounts that this caller has synced and that a complete list leaves out, closed; one that waits for approval is rejected instead.
 * Those that have ended stay as they are, and so do those that the caller never asked for.
 */
async function missing({ principal }: Caller, desk: Desk, listed: ReadonlySet<string>): Promise<AccountRecord[]> {
  const { items } = await desk.store.accounts(principal.principal_id, {}, { limit: 10_000 });
  return items.filter(({ account_id, unasked }) => !listed.has(account_id) && !unasked).flatMap((account) => {
    const [status] = ACCOUNT_EDGES[account.status].filter((next) => next === 'closed' || next === 'rejected');
    return status === undefined ? [] : [{ ...account, status }];
  });
}

function failure(entry: SyncAccountsEntry, error: AdcpError, account?: AccountRecord): SyncedAccount {
  const named = entry.account && 'brand' in entry.account ? entry.account : undefined;
  const brand = account?.brand ?? entry.brand ?? named?.brand ?? { domain: 'unknown.example' };
  const operator = account?.operator ?? entry.operator ?? named?.operator ?? brand.domain;
  return { brand, operator, action: 'failed', status: 'rejected', errors: [error as never] };
}
