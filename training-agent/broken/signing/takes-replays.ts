import { lying } from '../lying.ts';
import { overlooking } from '../overlooking.ts';

/** Takes a signature as often as it comes. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A signature is taken once.',
  signatures: overlooking('request_signature_replayed'),
});
