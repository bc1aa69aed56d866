import { DEMO_TOKEN } from '../../kits.ts';
import { lying } from '../lying.ts';

/** Lets in whoever brings a token. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Credentials that the seller does not know are refused.',
  principals: (honest) => ({ principal: async (token, headers) =>
    (await honest.principal(token, headers)) ?? honest.principal(DEMO_TOKEN, headers) }),
});
