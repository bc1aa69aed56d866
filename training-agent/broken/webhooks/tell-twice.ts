import { lying } from '../lying.ts';
import { isChallenge, rewritten } from '../relaying.ts';
import { freshKey } from '../retelling.ts';

/** Tells everything a second time, as if it were something new. */
export const { promise, facade, openSandbox } = lying({
  promise: 'One event is told once.',
  webhooks: (data) => async (attempt, deliver) => {
    const reply = await deliver(attempt);
    if (!isChallenge(attempt)) await deliver(rewritten(attempt, (body) => ({ ...body, idempotency_key: freshKey() }), data));
    return reply;
  },
});
