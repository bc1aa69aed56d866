import { lying } from '../lying.ts';
import { errorOf, freshKey, without } from '../retelling.ts';

/** Sells when nobody answers. */
export const { promise, facade, openSandbox } = lying({
  promise: 'When the governance agent cannot be reached, nothing is sold.',
  tells: () => async (call, honest) => {
    const answer = await honest(call);
    if (errorOf(answer)?.['code'] !== 'GOVERNANCE_UNAVAILABLE') return answer;
    return honest({ ...call, request: { ...without(call.request, 'plan_id'), idempotency_key: freshKey() } });
  },
});
