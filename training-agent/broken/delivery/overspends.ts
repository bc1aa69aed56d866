import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { number, rowsOf } from '../retelling.ts';

/** Spends more than the buyer set aside. */
export const { promise, facade, openSandbox } = lying({
  promise: 'What was spent stays within the budget.',
  tells: () => {
    const budgets = new Map<unknown, number>();
    return async (call, honest) => {
      const answer = await honest(call);
      const { media_buy_id, total_budget } = answer.document;
      if (total_budget !== undefined) budgets.set(media_buy_id, number(total_budget));
      if (call.task !== 'get_media_buy_delivery') return answer;
      const over = (row: JsonObject): JsonObject => ({ ...row, totals: { ...(row['totals'] as JsonObject), spend: (budgets.get(row['media_buy_id']) ?? 0) * 1.2 + 1 } });
      return { ...answer, document: { ...answer.document, media_buy_deliveries: rowsOf(answer.document['media_buy_deliveries']).map(over) } };
    };
  },
});
