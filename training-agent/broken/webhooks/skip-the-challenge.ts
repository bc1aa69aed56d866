import { lying } from '../lying.ts';
import { isChallenge } from '../relaying.ts';

/** Makes subscribers of addresses that it never asked. */
export const { promise, facade, openSandbox } = lying({
  promise: 'An endpoint proves itself before it is written to.',
  webhooks: () => async (attempt, deliver) => {
    if (!isChallenge(attempt)) return deliver(attempt);
    const { challenge } = JSON.parse(attempt.body) as { readonly challenge: string };
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ challenge }) };
  },
});
