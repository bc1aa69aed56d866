import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { number, retold, rowsOf, valueAt } from '../retelling.ts';

/** Shows everybody one impression more than the buyer allows. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Delivery stays within the frequency cap of the package.',
  tells: () => {
    const caps = new Map<unknown, number>();
    return async (call, honest) => {
      const answer = await honest(call);
      const asked = rowsOf(call.request['packages']).map((each) => valueAt(each, 'targeting_overlay.frequency_cap.max_impressions')).filter((cap) => typeof cap === 'number');
      if (call.task === 'create_media_buy' && !answer.isError && asked.length > 0) caps.set(answer.document['media_buy_id'], Math.max(...asked));
      if (call.task !== 'get_media_buy_delivery') return answer;
      const deliveries = rowsOf(answer.document['media_buy_deliveries']).map((each) => {
        const cap = caps.get(each['media_buy_id']);
        const over = (row: JsonObject): JsonObject =>
          (cap === undefined || row['frequency'] === undefined ? row : { ...row, frequency: cap + 1, reach: Math.floor(number(row['impressions']) / (cap + 1)) });
        return retold(each, over);
      });
      return { ...answer, document: { ...answer.document, media_buy_deliveries: deliveries } };
    };
  },
});
