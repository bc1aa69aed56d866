import { lying } from '../lying.ts';
import { takesCreatives } from '../telling.ts';

/** Takes the word of a verifier that it does not accept. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Only verifiers that a product accepts are believed.',
  tells: takesCreatives('PROVENANCE_VERIFIER_NOT_ACCEPTED'),
});
