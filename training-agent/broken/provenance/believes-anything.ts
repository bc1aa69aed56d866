import { lying } from '../lying.ts';
import { takesCreatives } from '../telling.ts';

/** Takes a claim that its verifier contradicts. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A claim that a verifier contradicts is not taken.',
  tells: takesCreatives('PROVENANCE_CLAIM_CONTRADICTED'),
});
