import { lying } from '../lying.ts';
import { WRITES, retells } from '../telling.ts';

/** Says of every change that it was made before. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Only an answer that is given again is marked as one.',
  tells: retells(WRITES, (document) => ({ ...document, replayed: true })),
});
