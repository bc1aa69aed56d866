import { lying } from '../lying.ts';

/** Forgets what the caller wanted back, once something goes wrong. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The context of a request comes back in every answer, errors included.',
  tells: () => async (call, honest) => {
    const answer = await honest(call);
    const { context: _dropped, ...rest } = answer.document;
    return answer.isError ? { ...answer, document: rest } : answer;
  },
});
