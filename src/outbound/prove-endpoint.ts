import { createHash, randomBytes } from 'node:crypto';
import type { NotificationConfigRecord } from '../domain/account.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { EndpointProof } from '../domain/ports/endpoint-proof.ts';
import type { Vault } from '../domain/ports/vault.ts';
import type { Sender } from './sender.ts';
import type { SigningKey } from '../protocol/signatures/keys.ts';
import { signedHeaders } from '../protocol/signatures/sign.ts';
import { MalformedTarget } from '../protocol/signatures/target-uri.ts';

export interface ProofMeans {
  readonly send: Sender;
  readonly key: SigningKey;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly agent_url: string;
}

const MOST_REPLY_BYTES = 16 * 1024;

/** Posts a challenge, always signed, however events are going to be delivered; each challenge is used once. */
export function endpointProof({ send, key, vault, clock, agent_url }: ProofMeans): EndpointProof {
  return {
    async prove(account_id, subscriber) {
      const challenge = randomBytes(32).toString('base64url');
      const { subscriber_id, url, event_types } = subscriber;
      const body = JSON.stringify({
        type: 'webhook.challenge', challenge, account_id, subscriber_id, seller_agent_url: agent_url, delivery_auth: deliveryAuth(subscriber, vault), event_types,
      });
      try {
        const reply = await send.post({ method: 'POST', url, headers: signedHeaders({ url, body }, key, clock.now()), body });
        return reply.kind === 'reply' && reply.status >= 200 && reply.status < 300 && givesBack(reply.body, challenge);
      } catch (error) {
        if (error instanceof MalformedTarget) return false;
        throw error;
      }
    },
  };
}

/** Which secret events will be recognised by, told by its digest. */
function deliveryAuth({ authentication }: NotificationConfigRecord, vault: Vault) {
  if (authentication === undefined) return { mode: 'rfc9421' };
  return { mode: authentication.schemes[0], credential_fingerprint: createHash('sha256').update(vault.open(authentication.credentials)).digest('hex') };
}

/** The reply is an object with nothing in it but the challenge, under one of its two names. */
function givesBack(body: string, challenge: string): boolean {
  if (Buffer.byteLength(body) > MOST_REPLY_BYTES) return false;
  try {
    const reply: unknown = JSON.parse(body);
    const entries = typeof reply === 'object' && reply !== null ? Object.entries(reply) : [];
    return entries.length === 1 && ['challenge', 'token'].includes(entries[0]![0]) && entries[0]![1] === challenge;
  } catch {
    return false;
  }
}
