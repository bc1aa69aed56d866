import type { AccountRecord } from '../domain/account.ts';
import { accountName } from '../domain/account-name.ts';
import type { Caller } from '../domain/caller.ts';
import type { AccountNaming } from '../domain/ports/account-scope.ts';
import type { Change } from '../domain/ports/store.ts';
import { provisioned } from '../domain/provisioning.ts';
import { adcpError } from '../protocol/errors.ts';
import type { SyncedGovernance, SyncGovernanceRequest, SyncGovernanceSuccess } from '../protocol/wire/sync-governance.ts';
import { answer, type Desk, type UseCase } from './desk.ts';
import { findAccounts } from './find-accounts.ts';

/** Registers, per account, the agent that is to be asked before money is committed. It replaces the one before; its secret is sealed. */
export const syncGovernance: UseCase<SyncGovernanceRequest, SyncGovernanceSuccess> = async (request, caller, desk) => {
  const touched = new Map<string, AccountRecord>();
  const accounts: SyncedGovernance[] = [];
  for (const entry of request.accounts) {
    const account = await accountOf(entry.account as AccountNaming, caller, desk, [...touched.values()]);
    if (account === undefined) {
      accounts.push({ account: accountName(entry.account), status: 'failed', errors: [adcpError('ACCOUNT_NOT_FOUND', 'no such account for this caller', { field: 'account' }) as never] });
      continue;
    }
    const agents = entry.governance_agents.map(({ url, authentication: { schemes, credentials } }) => ({ url, authentication: { schemes, credentials: desk.vault.seal(credentials) } }));
    touched.set(account.account_id, { ...account, governance_agents: agents });
    accounts.push({ account: accountName(entry.account), status: 'synced', governance_agents: agents.map(({ url }) => ({ url })) });
  }
  const changes = [...touched.values()].map((account): Change => ({ kind: 'put_account', account, ...(account.row_version === 0 ? { onlyIfNew: true } : {}) }));
  return answer({ accounts }, changes, [...touched.keys()].map((id) => `governance:${id}`));
};

async function accountOf(naming: AccountNaming, { principal }: Caller, desk: Desk, touched: readonly AccountRecord[]): Promise<AccountRecord | undefined> {
  const [found] = await findAccounts(principal, naming, desk, touched);
  if (found || naming.account_id !== undefined || desk.scope.unknown(principal, naming, true) !== 'provision') return found;
  return provisioned(naming, principal, desk.scope, { account_id: desk.ids.next('acct'), now: desk.clock.now().toISOString() }, desk.seller);
}
