import { lying } from '../lying.ts';
import { rowsOf, without } from '../retelling.ts';
import type { Telling } from '../lying.ts';

const keeping: Telling = async (call, honest) => {
  if (call.task !== 'list_creatives') return honest(call);
  const answer = await honest({ ...call, request: { ...call.request, include_purged: true } });
  return { ...answer, document: { ...answer.document, creatives: rowsOf(answer.document['creatives']).map((row) => without(row, 'purge')) } };
};

/** Goes on listing what it says that it destroyed. */
export const { promise, facade, openSandbox } = lying({ promise: 'A creative that was purged is in no library.', tells: () => keeping });
