import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';

/** Keeps the catalogs that a sync leaves out, and says that they are gone. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Catalogs that a sync with delete_missing does not name are gone.',
  tells: () => async (call, honest) => {
    if (call.task !== 'sync_catalogs' || call.request['delete_missing'] !== true) return honest(call);
    const { delete_missing: _unheard, ...request } = call.request;
    const would = await honest({ ...call, request: { ...call.request, dry_run: true, idempotency_key: `${String(request['idempotency_key'])}-dry` } });
    const answer = await honest({ ...call, request });
    const gone = rowsOf(would.document['catalogs']).filter(({ action }) => action === 'deleted');
    return { ...answer, document: { ...answer.document, catalogs: [...rowsOf(answer.document['catalogs']), ...gone] } };
  },
});
