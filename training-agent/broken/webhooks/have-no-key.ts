import { lying } from '../lying.ts';
import { rewrites } from '../relaying.ts';
import { without } from '../retelling.ts';

/** Posts without a key to know repetitions by. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A webhook has a key to know repetitions by.',
  webhooks: rewrites((body) => without(body, 'idempotency_key')),
});
