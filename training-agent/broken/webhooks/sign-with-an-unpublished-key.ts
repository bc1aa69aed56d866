import { newPrivateJwk, signingKey } from '../../../src/protocol/signatures/keys.ts';
import { lying } from '../lying.ts';
import { signedBy } from '../relaying.ts';

/** Signs with a key that nobody can look up. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Webhooks are signed with a key that the seller publishes.',
  webhooks: () => {
    const key = signingKey(newPrivateJwk('ed25519'));
    return (attempt, deliver) => deliver('signature' in attempt.headers ? signedBy(attempt, key) : attempt);
  },
});
