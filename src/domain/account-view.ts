import type { Account } from '../protocol/wire/core/account.ts';
import type { SyncedAccount } from '../protocol/wire/sync-accounts.ts';
import type { AccountRecord } from './account.ts';
import { shownEntity } from './business-entity.ts';
import { shownConfig } from './notification-configs.ts';

/** What a buyer sees of an account after `sync_accounts`. Secrets stay out. */
export function configuredAccounts(account: AccountRecord): Omit<SyncedAccount, 'action'> {
  const { account_id, brand, operator, name, status, billing, account_scope, sandbox, payment_terms, billing_entity, notification_configs } = account;
  return {
    account_id, brand, operator, name, status, billing: billing as NonNullable<SyncedAccount['billing']>, account_scope, sandbox,
    ...(payment_terms ? { payment_terms: payment_terms as NonNullable<SyncedAccount['payment_terms']> } : {}),
    ...(billing_entity ? { billing_entity: shownEntity(billing_entity) } : {}),
    ...(status === 'pending_approval' ? { setup: { message: 'The seller reviews this account.' } } : {}),
    ...(notification_configs ? { notification_configs: notification_configs.map(shownConfig) } : {}),
  };
}

/** An account as `list_accounts` and media buys show it. */
export function shownAccount(account: AccountRecord): Account {
  return {
    ...configuredAccounts(account), account_id: account.account_id, name: account.name,
    ...(account.governance_agents ? { governance_agents: account.governance_agents.map(({ url }) => ({ url })) } : {}),
  } as Account;
}
