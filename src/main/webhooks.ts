import type { Config } from '../config/config.ts';
import type { WebhookSigning } from '../domain/capabilities.ts';
import type { EndpointProof } from '../domain/ports/endpoint-proof.ts';
import type { JobOf } from '../domain/ports/jobs.ts';
import { endpointBreaker } from '../outbound/breaker.ts';
import { deliverWebhook, type DeliveryMeans, type DeliveryOutcome } from '../outbound/deliver-webhook.ts';
import { endpointProof } from '../outbound/prove-endpoint.ts';
import { BRAND_PATH, publishedIdentity } from '../protocol/signatures/published.ts';
import { signingKeys } from './signing-key.ts';

/** All that webhooks need of the process that sends them. */
export interface WebhookService {
  deliver(job: JobOf<'deliver_webhook'>): Promise<DeliveryOutcome>;
  /** Asks endpoints whether they want what they were registered for. */
  readonly endpoints: EndpointProof;
  /** Who signs, and with which keys: served under these paths. */
  readonly documents: ReadonlyMap<string, object>;
  /** What capabilities declare; absent when receivers could not look the keys up over https. */
  readonly signing?: WebhookSigning;
}

export function webhookService(config: Config, agent_url: string, means: Omit<DeliveryMeans, 'key' | 'breaker'>): WebhookService {
  const keys = signingKeys(config.data, config.webhooks.signature);
  const declared = config.public_url && { brand_json_url: new URL(BRAND_PATH, config.public_url).href, algorithms: [keys.current.algorithm] };
  return {
    deliver: deliverWebhook({ ...means, key: keys.current, breaker: endpointBreaker() }),
    endpoints: endpointProof({ ...means, key: keys.current, agent_url }),
    documents: publishedIdentity(agent_url, keys.known),
    ...(declared ? { signing: declared } : {}),
  };
}
