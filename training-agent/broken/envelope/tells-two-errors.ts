import { lying } from '../lying.ts';
import { errorOf } from '../retelling.ts';

/** Names one error where a program looks, and another where an older program does. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Both places of a refusal name the same error.',
  tells: () => async (call, honest) => {
    const answer = await honest(call);
    const error = errorOf(answer);
    return error === undefined
      ? answer
      : { ...answer, document: { ...answer.document, errors: [{ ...error, code: 'SERVICE_UNAVAILABLE', recovery: 'transient' }] } };
  },
});
