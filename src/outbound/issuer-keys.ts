/** The public keys of who issues access tokens: fetched through the sender, kept, and fetched anew when a token names one that is not known. */
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import type { Sender } from './sender.ts';

/** How long fetched keys are taken without asking again; a key that the issuer takes back is good for no longer. */
const KEPT_MS = 600_000;
/** So often at most a token with an unknown key makes us ask. */
const PAUSE_MS = 30_000;

export function issuerKeys(jwks_uri: string, sender: Pick<Sender, 'post'>): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(jwks_uri), {
    cacheMaxAge: KEPT_MS, cooldownDuration: PAUSE_MS,
    async [customFetch](url) {
      const reply = await sender.post({ method: 'GET', url, headers: { accept: 'application/jwk-set+json, application/json' }, body: '' });
      if (reply.kind !== 'reply') throw new Error(reply.reason);
      return new Response(reply.body === '' ? null : reply.body, { status: reply.status, headers: { 'content-type': 'application/json' } });
    },
  });
}
