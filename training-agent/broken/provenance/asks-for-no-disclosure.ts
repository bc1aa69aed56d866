import { lying } from '../lying.ts';
import { takesCreatives } from '../telling.ts';

/** Takes a creative that does not say what has to be disclosed. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A creative says what has to be disclosed when products want to know.',
  tells: takesCreatives('PROVENANCE_DISCLOSURE_MISSING'),
});
