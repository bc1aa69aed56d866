import { lying } from '../lying.ts';
import { TAKEN } from '../relaying.ts';

/** Takes every receiver to be content. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A webhook that its receiver could not take is sent again.',
  webhooks: () => async (attempt, deliver) => {
    const reply = await deliver(attempt);
    return reply.status < 500 ? reply : TAKEN;
  },
});
