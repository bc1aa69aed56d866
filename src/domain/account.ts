/** Accounts: who is billed for whose brand (seller specification §2.2, §3.2). */
import { refuse, type Refused } from '../protocol/errors.ts';
import type { AccountStatus } from '../protocol/wire/core/account.ts';
import type { KeptEntity } from './business-entity.ts';

export type { AccountStatus };

/** The legal moves of an account's status. */
export const ACCOUNT_EDGES: Readonly<Record<AccountStatus, readonly AccountStatus[]>> = {
  pending_approval: ['active', 'rejected'],
  active: ['suspended', 'payment_required', 'closed'],
  suspended: ['active', 'payment_required', 'closed'],
  payment_required: ['active', 'suspended', 'closed'],
  rejected: [],
  closed: [],
};

export interface Brand {
  readonly domain: string;
  readonly brand_id?: string;
}

/** A subscriber to account-level notifications; `credentials` are sealed. */
export interface NotificationConfigRecord {
  readonly subscriber_id: string;
  readonly url: string;
  readonly event_types: readonly string[];
  readonly active: boolean;
  readonly authentication?: { readonly schemes: readonly string[]; readonly credentials: string };
}

/** An account as stored. Members with AdCP names are AdCP's; credentials inside are sealed. */
export interface AccountRecord {
  readonly account_id: string;
  readonly principal_id: string;
  /** Where this account's creatives, audiences, event sources and events are kept. */
  readonly library: string;
  /** Version of the stored row, 0 until it is stored. */
  readonly row_version: number;
  readonly brand: Brand;
  readonly operator: string;
  readonly sandbox: boolean;
  readonly name: string;
  readonly status: AccountStatus;
  readonly billing: string;
  readonly account_scope: 'operator' | 'brand' | 'operator_brand' | 'agent';
  readonly payment_terms?: string;
  readonly billing_entity?: KeptEntity;
  readonly preferred_reporting_protocol?: string;
  readonly notification_configs?: readonly NotificationConfigRecord[];
  readonly governance_agents?: readonly { readonly url: string; readonly authentication: { readonly schemes: readonly string[]; readonly credentials: string } }[];
  readonly created_at: string;
  /** The seller made it before the caller named it in `sync_accounts`, which takes this away; a complete list does not close it. */
  readonly unasked?: true;
}

const field = 'account';

/** Whether an account may change anything; reads, settings and logged events stay open in every state. */
export function mayTrade(account: AccountRecord): Refused | undefined {
  switch (account.status) {
    case 'active': case 'payment_required': return undefined;
    case 'suspended': return refuse('ACCOUNT_SUSPENDED', `account ${account.account_id} is suspended`, { field });
    case 'pending_approval': return refuse('ACCOUNT_SETUP_REQUIRED', `account ${account.account_id} waits for approval`, { field, details: { setup_steps: ['The seller reviews this account.'] } });
    case 'closed': case 'rejected': return refuse('PERMISSION_DENIED', `account ${account.account_id} is ${account.status}`, { field });
  }
}

/** Whether an account may commit more spend than it has. */
export function maySpend(account: AccountRecord): Refused | undefined {
  if (account.status !== 'payment_required') return mayTrade(account);
  return refuse('ACCOUNT_PAYMENT_REQUIRED', `account ${account.account_id} has unpaid invoices and may not spend more`, { field });
}
