import { lying } from '../lying.ts';
import { retells } from '../telling.ts';

/** Knows nothing of the audiences that were uploaded. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Uploaded audiences are listed when they are asked for.',
  tells: retells(['sync_audiences'], (document, { request }) => ('audiences' in request ? document : { ...document, audiences: [] })),
});
