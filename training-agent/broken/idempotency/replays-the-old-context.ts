import { lying } from '../lying.ts';

/** Answers again with everything that belonged to the first call. */
export const { promise, facade, openSandbox } = lying({
  promise: 'An answer that is given again carries the context of the call that it answers.',
  tells: () => {
    const contexts = new Map<unknown, unknown>();
    return async (call, honest) => {
      const answer = await honest(call);
      const { idempotency_key: key, context } = call.request;
      if (answer.document['replayed'] === true) return { ...answer, document: { ...answer.document, context: contexts.get(key) } };
      if (key !== undefined) contexts.set(key, context);
      return answer;
    };
  },
});
