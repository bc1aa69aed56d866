import { lying } from '../lying.ts';
import { overlooking } from '../overlooking.ts';

/** Takes any bytes for a signature. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A signature is checked with the key that it names.',
  signatures: overlooking('request_signature_invalid'),
});
