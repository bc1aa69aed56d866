import { lying } from '../lying.ts';
import { READS, retells } from '../telling.ts';

/** Has finished, and says that it has only begun. */
export const { promise, facade, openSandbox } = lying({
  promise: 'What is done is told as completed.',
  tells: retells(READS, (document) => ({ ...document, status: 'working' })),
});
