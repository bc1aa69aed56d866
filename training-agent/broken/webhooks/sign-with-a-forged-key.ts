import { newPrivateJwk, signingKey } from '../../../src/protocol/signatures/keys.ts';
import { lying } from '../lying.ts';
import { signedBy } from '../relaying.ts';

/** Signs with another key under the name of a published one. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The signature of a webhook is by the key that it names.',
  webhooks: () => {
    const key = signingKey(newPrivateJwk('ed25519'));
    return (attempt, deliver) => {
      const kid = /keyid="([^"]+)"/.exec(String(attempt.headers['signature-input']))?.[1];
      return deliver(kid === undefined ? attempt : signedBy(attempt, { ...key, kid }));
    };
  },
});
