import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { number, rowsOf, withConversions } from '../retelling.ts';

/** Counts an event again for every further source of a buy's goals that it came through. */
export const { promise, facade, openSandbox } = lying({
  promise: 'One event that arrives through several sources of a goal counts once.',
  tells: () => {
    const arrivals = new Map<unknown, Set<unknown>>();
    const aims = new Map<unknown, readonly unknown[]>();
    const surplus = ({ media_buy_id }: JsonObject): number => [...arrivals.values()]
      .reduce((sum, sources) => sum + Math.max(0, (aims.get(media_buy_id) ?? []).filter((source) => sources.has(source)).length - 1), 0);
    const more = (row: unknown, extra: number): JsonObject => withConversions(row as JsonObject, number((row as JsonObject)['conversions']) + extra);
    return async (call, honest) => {
      const answer = await honest(call);
      const { task, request } = call;
      if (task === 'log_event' && !answer.isError)
        for (const { event_id } of rowsOf(request['events'])) arrivals.set(event_id, (arrivals.get(event_id) ?? new Set()).add(request['event_source_id']));
      if (task === 'create_media_buy') aims.set(answer.document['media_buy_id'], [...new Set(sourcesOf(request))]);
      if (task !== 'get_media_buy_delivery') return answer;
      const media_buy_deliveries = rowsOf(answer.document['media_buy_deliveries']).map((each) => (surplus(each) === 0 ? each : {
        ...each, totals: more(each['totals'], surplus(each)), by_package: rowsOf(each['by_package']).map((row, at) => (at === 0 ? more(row, surplus(each)) : row)),
      }));
      return { ...answer, document: { ...answer.document, media_buy_deliveries } };
    };
  },
});

const sourcesOf = (request: JsonObject): unknown[] => rowsOf(request['packages'])
  .flatMap((bought) => rowsOf(bought['optimization_goals'])).flatMap((goal) => rowsOf(goal['event_sources'])).map((source) => source['event_source_id']);
