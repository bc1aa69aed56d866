import { lying } from '../lying.ts';
import { rewrites } from '../relaying.ts';
import { freshKey } from '../retelling.ts';

/** Gives every attempt a key of its own. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A webhook that is sent again has the key of the first attempt.',
  webhooks: rewrites((body) => ({ ...body, idempotency_key: freshKey() })),
});
