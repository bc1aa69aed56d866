import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';

/** Refuses for ever what it refused once. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A refusal uses up no key: the same call is decided anew.',
  tells: () => {
    const refused = new Map<unknown, JsonObject>();
    return async (call, honest) => {
      const key = call.request['idempotency_key'];
      const before = refused.get(key);
      if (before !== undefined) return { isError: true, document: { ...before, ...('context' in call.request
        ? { context: call.request['context'] } : {}) } };
      const answer = await honest(call);
      if (answer.isError && key !== undefined) refused.set(key, answer.document);
      return answer;
    };
  },
});
