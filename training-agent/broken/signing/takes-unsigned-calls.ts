import { lying } from '../lying.ts';
import { overlooking } from '../overlooking.ts';

/** Hears whoever forgets to sign. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Calls that have to be signed are refused without a signature.',
  signatures: overlooking('request_signature_required'),
});
