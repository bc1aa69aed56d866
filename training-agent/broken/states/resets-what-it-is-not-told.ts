import { lying, type Telling } from '../lying.ts';
import { rowsOf } from '../retelling.ts';

/** Goes back to the budget of the order whenever a change does not name one. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A change touches what it names, and nothing else.',
  tells(): Telling {
    const ordered = new Map<unknown, unknown>();
    return async (call, honest) => {
      if (call.task !== 'update_media_buy') {
        const answer = await honest(call);
        if (call.task === 'create_media_buy') for (const { package_id, budget } of rowsOf(answer.document['packages'])) ordered.set(package_id, budget);
        return answer;
      }
      const packages = rowsOf(call.request['packages'])
        .map((each) => (each['budget'] === undefined && ordered.has(each['package_id']) ? { ...each, budget: ordered.get(each['package_id']) } : each));
      return honest({ ...call, request: { ...call.request, ...(packages.length > 0 && { packages }) } });
    };
  },
});
