import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';

/** Reads a feed once, and never again. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A feed that is synced again is read again.',
  tells: () => {
    const read = new Set<unknown>();
    return async (call, honest) => {
      const fed = rowsOf(call.request['catalogs']).filter((each) => 'url' in each);
      const known = fed.length > 0 && fed.every(({ catalog_id }) => read.has(catalog_id));
      if (call.task !== 'sync_catalogs' || !known) {
        const answer = await honest(call);
        for (const { catalog_id, action } of rowsOf(answer.document['catalogs'])) if (action !== 'failed') read.add(catalog_id);
        return answer;
      }
      const { catalogs: _unread, ...request } = call.request;
      return honest({ ...call, request: { ...request, catalog_ids: fed.map(({ catalog_id }) => catalog_id) } });
    };
  },
});
