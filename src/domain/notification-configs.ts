/** Account-level subscribers (seller specification §2.2): which sets are accepted, and what is shown of them. */
import type { NotificationConfig, NotificationConfigRequest } from '../protocol/wire/core/notification-config.ts';
import { canonicalJson } from '../protocol/canonical-json.ts';
import { adcpError, type AdcpError } from '../protocol/errors.ts';
import type { NotificationConfigRecord } from './account.ts';
import type { Vault } from './ports/vault.ts';
import { holdsSecret } from './sealed-secret.ts';
import { webhookAddressFlaw } from './webhook-address.ts';

/** Event types that an account-level subscriber may ask for. All others belong to a media buy, or to feeds that are not declared. */
const ACCOUNT_EVENTS = ['creative.status_changed', 'creative.purged'];

/** The first reason why a set of subscribers is refused; paths are relative to the account entry. */
export function configsFlaw(configs: readonly NotificationConfigRequest[], sandbox: boolean): AdcpError | undefined {
  const seen = new Set<string>();
  for (const [at, config] of configs.entries()) {
    if (seen.has(config.subscriber_id))
      return adcpError('INVALID_REQUEST', `subscriber_id "${config.subscriber_id}" stands twice`, { field: `notification_configs[${at}].subscriber_id` });
    seen.add(config.subscriber_id);
    const address = webhookAddressFlaw(config.url, sandbox);
    if (address) return adcpError('INVALID_REQUEST', `notification_configs[${at}].url ${address}`, { field: `notification_configs[${at}].url` });
    const foreign = config.event_types.findIndex((type) => !ACCOUNT_EVENTS.includes(type));
    if (foreign >= 0)
      return adcpError('INVALID_REQUEST', `"${config.event_types[foreign]}" is not an event of accounts; accounts announce ${ACCOUNT_EVENTS.join(' and ')}`, {
        field: `notification_configs[${at}].event_types[${foreign}]`,
      });
  }
  return undefined;
}

/** A subscriber as kept: inactive until its endpoint has proven that it wants the events, its secret sealed. */
export function keptConfig(config: NotificationConfigRequest, vault: Vault): NotificationConfigRecord {
  const { subscriber_id, url, event_types, authentication } = config;
  return {
    subscriber_id, url, event_types, active: false,
    ...(authentication ? { authentication: { schemes: authentication.schemes, credentials: vault.seal(authentication.credentials) } } : {}),
  };
}

/** A subscriber as shown: without its secret. */
export function shownConfig({ subscriber_id, url, event_types, active, authentication }: NotificationConfigRecord): NotificationConfig {
  return {
    subscriber_id, url, event_types: [...event_types] as NotificationConfig['event_types'], active,
    ...(authentication ? { authentication: { schemes: [...authentication.schemes] } as NonNullable<NotificationConfig['authentication']> } : {}),
  };
}

/** Whether a kept subscriber is the one that is told, at the same address and with the same secret. */
export function sameEndpoint(kept: NotificationConfigRecord, told: NotificationConfigRequest, vault: Vault): boolean {
  const { subscriber_id, url, authentication } = told;
  if (kept.subscriber_id !== subscriber_id || kept.url !== url) return false;
  if (authentication === undefined || kept.authentication === undefined) return authentication === kept.authentication;
  return canonicalJson(kept.authentication.schemes) === canonicalJson(authentication.schemes) && holdsSecret(kept.authentication.credentials, authentication.credentials, vault);
}
