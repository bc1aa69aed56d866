import { lying } from '../lying.ts';
import { takesCreatives } from '../telling.ts';

/** Takes a creative that does not say where it comes from. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A creative says where it comes from when products want to know.',
  tells: takesCreatives('PROVENANCE_REQUIRED'),
});
