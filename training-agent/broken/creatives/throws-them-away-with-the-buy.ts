import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';

/** Puts away the creatives of a buy that was cancelled. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Cancelling a buy leaves its creatives as they were.',
  tells: () => {
    const used = new Map<unknown, unknown[]>();
    const gone = new Set<unknown>();
    return async (call, honest) => {
      const answer = await honest(call);
      const { document } = answer;
      const ids = rowsOf(document['packages'] ?? document['affected_packages']).flatMap((row) => rowsOf(row['creative_assignments'])).map((each) => each['creative_id']);
      used.set(document['media_buy_id'], [...(used.get(document['media_buy_id']) ?? []), ...ids]);
      if (!answer.isError && call.request['canceled'] === true) for (const id of used.get(document['media_buy_id']) ?? []) gone.add(id);
      if (call.task !== 'list_creatives') return answer;
      return { ...answer, document: { ...document, creatives: rowsOf(document['creatives']).map((row) => (gone.has(row['creative_id'])
        ? { ...row, status: 'archived' } : row)) } };
    };
  },
});
