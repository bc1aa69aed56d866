import { lying } from '../lying.ts';
import type { Attempt } from '../relaying.ts';

/** Sends a repetition under the signature of the first attempt. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Every attempt of a webhook is signed anew.',
  webhooks: () => {
    const first = new Map<string, Attempt>();
    return (attempt, deliver) => {
      if (!first.has(attempt.body)) first.set(attempt.body, attempt);
      return deliver(first.get(attempt.body)!);
    };
  },
});
