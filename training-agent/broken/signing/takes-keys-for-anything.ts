import { lying } from '../lying.ts';
import { overlooking } from '../overlooking.ts';

/** Takes a key whatever it is published for. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A key signs only what it is published for.',
  signatures: overlooking('request_signature_key_purpose_invalid'),
});
