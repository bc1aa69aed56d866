import { lying } from '../lying.ts';
import { rewrites } from '../relaying.ts';

/** Takes the last part of the address for the operation. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The operation of a webhook is what the buyer called it, not a part of its address.',
  webhooks: rewrites((body, { url }) => ('operation_id' in body ? { ...body, operation_id: url.split('/').at(-1) } : body)),
});
