import { lying } from '../lying.ts';
import { rewrites } from '../relaying.ts';

/** Names operations as it likes. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A webhook names the operation as the buyer did.',
  webhooks: rewrites((body) => ('operation_id' in body ? { ...body, operation_id: 'op_of_the_seller' } : body)),
});
