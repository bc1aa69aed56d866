/** What `sync_accounts` makes of one entry: a new account, changed settings, or a refusal of that entry alone. */
import type { SyncAccountsEntry } from '../protocol/wire/sync-accounts.ts';
import { adcpError, type AdcpError } from '../protocol/errors.ts';
import { canonicalJson } from '../protocol/canonical-json.ts';
import type { AccountRecord, NotificationConfigRecord } from './account.ts';
import { keptEntity, sameEntity } from './business-entity.ts';
import type { Principal } from './caller.ts';
import { configsFlaw } from './notification-configs.ts';
import { picked } from './picked.ts';
import type { Vault } from './ports/vault.ts';

/** What the seller offers. */
export interface AccountOffer {
  readonly supported_billing: readonly string[];
  readonly payment_terms: readonly string[];
  /** Whether there are accounts for trying things out. */
  readonly sandbox: boolean;
}

/** The first reason why an entry is refused; paths are relative to the entry. */
export function entryFlaw(entry: SyncAccountsEntry, offer: AccountOffer, principal: Principal): AdcpError | undefined {
  if (entry.sandbox === true && !offer.sandbox)
    return adcpError('UNSUPPORTED_FEATURE', 'this seller has no sandbox: whatever an account buys is real', { field: 'sandbox' });
  if (entry.billing !== undefined && !offer.supported_billing.includes(entry.billing))
    return adcpError('BILLING_NOT_SUPPORTED', `billing by "${entry.billing}" is not offered`, {
      field: 'billing', details: { scope: 'capability', supported_billing: offer.supported_billing },
    });
  if (entry.billing !== undefined && principal.billing && !principal.billing.includes(entry.billing)) {
    const suggested = offer.supported_billing.find((party) => principal.billing!.includes(party));
    return adcpError('BILLING_NOT_PERMITTED_FOR_AGENT', `this caller may not be billed as "${entry.billing}"`, {
      details: { rejected_billing: entry.billing, ...(suggested ? { suggested_billing: suggested } : {}) },
    });
  }
  if (entry.payment_terms !== undefined && !offer.payment_terms.includes(entry.payment_terms))
    return adcpError('PAYMENT_TERMS_NOT_SUPPORTED', `payment terms "${entry.payment_terms}" are not offered; offered: ${offer.payment_terms.join(', ')}`, { field: 'payment_terms' });
  return configsFlaw(entry.notification_configs ?? [], offer.sandbox);
}

/**
 * The account with an entry's settings; `changed` when any of them is new to it.
 * @param subscribers the entry's subscribers as they are to be kept; absent: it names none, and those that there are stay
 */
export function withSettings(
  account: AccountRecord, entry: SyncAccountsEntry, subscribers: readonly NotificationConfigRecord[] | undefined, vault: Vault,
): { readonly account: AccountRecord; readonly changed: boolean } {
  const { billing_entity } = entry;
  const plain = picked(entry, ['billing', 'payment_terms', 'preferred_reporting_protocol']);
  const changed =
    Object.entries(plain).some(([name, value]) => account[name as keyof typeof plain] !== value)
    || (billing_entity !== undefined && !sameEntity(account.billing_entity, billing_entity, vault))
    || (subscribers !== undefined && !(account.notification_configs && canonicalJson(account.notification_configs) === canonicalJson(subscribers)));
  if (!changed) return { account, changed };
  return {
    changed,
    account: {
      ...account,
      ...plain,
      ...(billing_entity ? { billing_entity: keptEntity(billing_entity, vault) } : {}),
      ...(subscribers ? { notification_configs: subscribers } : {}),
    },
  };
}
