import { lying } from '../lying.ts';
import { takesCreatives } from '../telling.ts';

/** Takes a creative that does not say how it was made. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A creative says how it was made when products want to know.',
  tells: takesCreatives('PROVENANCE_DIGITAL_SOURCE_TYPE_MISSING'),
});
