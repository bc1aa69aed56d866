import { lying } from '../lying.ts';
import { overlooking } from '../overlooking.ts';

/** Never hears of keys that were taken back. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A key that its owner has taken back signs nothing.',
  signatures: overlooking('request_signature_key_revoked'),
});
