import { lying } from '../lying.ts';
import { TAKEN, isChallenge } from '../relaying.ts';

/** Delivers nothing. */
export const { promise, facade, openSandbox } = lying({
  promise: 'What a buyer left an address for is posted there.',
  webhooks: () => async (attempt, deliver) => (isChallenge(attempt) ? deliver(attempt) : TAKEN),
});
