import { lying } from '../lying.ts';
import { isChallenge } from '../relaying.ts';

/** Adds a word to the body when the signature stands. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The signature of a webhook covers its body.',
  webhooks: () => (attempt, deliver) =>
    deliver(isChallenge(attempt) ? attempt : { ...attempt, body: attempt.body.replace(/\}$/, ',"message":"sent with care"}') }),
});
