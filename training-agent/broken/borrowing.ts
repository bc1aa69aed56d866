/** How a lie lets one buyer at what is another's. */
import type { Call } from '../../src/pipeline/call.ts';
import type { Telling } from './lying.ts';
import { isObject, rowsOf } from './retelling.ts';

/** What a caller came with: who it was, and which account it named. */
type Comer = Pick<Call, 'principal'> & { readonly account: unknown };

/**
 * Asks again as every other buyer that it has heard of, where a buyer was shown nothing, or was refused.
 * @param list where the rows of the answer stand, for a task that answers an empty list
 */
export const asksAsOthers = (tasks: readonly string[], list?: string) => (): Telling => {
  const comers = new Map<string, Comer>();
  return async (call, honest) => {
    const { principal, request } = call;
    if (principal && isObject(request['account'])) comers.set(`${principal.principal_id} ${JSON.stringify(request['account'])}`, { principal, account: request['account'] });
    const answer = await honest(call);
    const nothing = answer.isError || (list !== undefined && rowsOf(answer.document[list]).length === 0);
    if (!tasks.includes(call.task) || !nothing) return answer;
    for (const { account, ...other } of comers.values()) {
      if (other.principal?.principal_id === principal?.principal_id) continue;
      const theirs = await honest({ ...call, ...other, request: { ...request, ...('account' in request ? { account } : {}) } });
      if (!theirs.isError && (list === undefined || rowsOf(theirs.document[list]).length > 0)) return theirs;
    }
    return answer;
  };
};
