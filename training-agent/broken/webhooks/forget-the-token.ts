import { lying } from '../lying.ts';
import { rewrites } from '../relaying.ts';
import { without } from '../retelling.ts';

/** Does not give the receiver its token back. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The token that a receiver gave comes back in every webhook.',
  webhooks: rewrites((body) => without(body, 'token')),
});
