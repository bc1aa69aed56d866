import { lying } from '../lying.ts';
import { overlooking } from '../overlooking.ts';

/** Looks at no digest. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A signature that covers the body holds for that body only.',
  signatures: overlooking('request_signature_digest_mismatch'),
});
