import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying, type Telling } from '../lying.ts';
import { isObject, rowsOf } from '../retelling.ts';

const ALL = 100;

/** Takes a cursor for a number of rows. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A page goes on where the one before ended, whatever came in between.',
  tells(): Telling {
    const rowsBefore = new Map<unknown, number>();
    return async (call, honest) => {
      const page = isObject(call.request['pagination']) ? call.request['pagination'] : {};
      const from = rowsBefore.get(page['cursor']) ?? 0;
      const whole = from === 0 ? call : { ...call, request: { ...call.request, pagination: { max_results: ALL } } };
      const answer = await honest(whole);
      if (call.task !== 'list_creatives' || answer.isError) return answer;
      const creatives = from === 0 ? rowsOf(answer.document['creatives']) : rowsOf(answer.document['creatives']).slice(from, from + Number(page['max_results'] ?? ALL));
      const told = answer.document['pagination'] as JsonObject;
      if (from === 0 && told['cursor'] !== undefined) rowsBefore.set(told['cursor'], creatives.length);
      return from === 0 ? answer : { ...answer, document: { ...answer.document, creatives, pagination: { has_more: false } } };
    };
  },
});
