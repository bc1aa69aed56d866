import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';

/** Keeps the creatives that a change takes away. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A list in a change takes the place of the one before.',
  tells: () => {
    const assigned = new Map<unknown, JsonObject[]>();
    const merged = (row: JsonObject): JsonObject => {
      if (!('creative_assignments' in row)) return row;
      const now = rowsOf(row['creative_assignments']);
      const before = (assigned.get(row['package_id']) ?? []).filter(({ creative_id }) => !now.some((each) => each['creative_id'] === creative_id));
      return { ...row, creative_assignments: [...before, ...now] };
    };
    return async (call, honest) => {
      const answer = await honest(call.task === 'update_media_buy' && 'packages' in call.request
        ? { ...call, request: { ...call.request, packages: rowsOf(call.request['packages']).map(merged) } } : call);
      for (const row of rowsOf(answer.document['packages'] ?? answer.document['affected_packages'])) assigned.set(row['package_id'], rowsOf(row['creative_assignments']));
      return answer;
    };
  },
});
