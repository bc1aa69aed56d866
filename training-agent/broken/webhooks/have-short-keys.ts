import { lying } from '../lying.ts';
import { rewrites } from '../relaying.ts';

/** Numbers its webhooks from 1. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The key of a webhook is not to be guessed.',
  webhooks: (data) => {
    const numbers = new Map<unknown, number>();
    return rewrites((body) => {
      const { idempotency_key: key } = body;
      if (!numbers.has(key)) numbers.set(key, numbers.size + 1);
      return { ...body, idempotency_key: String(numbers.get(key)) };
    })(data);
  },
});
