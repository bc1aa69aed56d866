import { lying } from '../lying.ts';
import { boughtAsAsked } from '../retelling.ts';

/** Refuses, and shows what it would have answered. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A refusal carries nothing of a success.',
  tells: () => async (call, honest) => {
    const answer = await honest(call);
    return answer.isError && call.task === 'create_media_buy'
      ? { ...answer, document: { ...boughtAsAsked(call), ...answer.document } } : answer;
  },
});
