import { lying } from '../lying.ts';
import { overlooking } from '../overlooking.ts';

/** Takes signatures of any age. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A signature is valid for minutes.',
  signatures: overlooking('request_signature_window_invalid'),
});
