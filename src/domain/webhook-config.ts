import type { Vault } from './ports/vault.ts';
import { picked } from './picked.ts';

/** What any of the webhooks of a media buy may carry. */
export interface WebhookConfig {
  readonly url: string;
  readonly authentication?: { readonly schemes: readonly string[]; readonly credentials: string };
  readonly token?: string;
  readonly operation_id?: string;
  readonly reporting_frequency?: string;
  readonly requested_metrics?: readonly string[];
  readonly delivery_mode?: string;
  readonly batch_frequency?: string;
  readonly sampling_rate?: number;
}

/** The same as it is kept: `token` and `authentication.credentials` are sealed. */
export type KeptWebhook = WebhookConfig;

/** A webhook as kept: its secrets sealed, and nothing that AdCP does not define. */
export function sealedWebhook(config: WebhookConfig, vault: Vault): KeptWebhook {
  const { authentication, token } = config;
  return {
    ...picked(config, [
      'url',
      'operation_id',
      'reporting_frequency',
      'requested_metrics',
      'delivery_mode',
      'batch_frequency',
      'sampling_rate',
    ]),
    ...(authentication ? { authentication: { schemes: authentication.schemes, credentials: vault.seal(authentication.credentials) } } : {}),
    ...(token === undefined ? {} : { token: vault.seal(token) }),
  };
}
