import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { rowsOf, without } from '../retelling.ts';

/** Confirms another budget, and spends the old one. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A change that was confirmed is there when the buy is read again.',
  tells: () => async (call, honest) => {
    const asked = rowsOf(call.request['packages']);
    if (call.task !== 'update_media_buy' || !asked.some((each) => 'budget' in each)) return honest(call);
    const answer = await honest({ ...call, request: { ...call.request, packages: asked.map((each) => without(each, 'budget')) } });
    const told = (row: JsonObject): JsonObject => ({ ...row, budget: asked.find(({ package_id }) => package_id === row['package_id'])?.['budget'] ?? row['budget'] });
    return answer.isError
      ? answer : { ...answer, document: { ...answer.document, affected_packages: rowsOf(answer.document['affected_packages']).map(told) } };
  },
});
