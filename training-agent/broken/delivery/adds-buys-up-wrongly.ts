import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { number, rowsOf, valueAt } from '../retelling.ts';
import { retells } from '../telling.ts';

/** Counts the first buy twice in the sum over all. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The sum over all buys is the sum of what each delivered.',
  tells: retells(['get_media_buy_delivery'], (document) => {
    const sums = document['aggregated_totals'] as JsonObject | undefined;
    const [first] = rowsOf(document['media_buy_deliveries']);
    return sums && first ? { ...document, aggregated_totals: { ...sums, spend: number(sums['spend']) + number(valueAt(first, 'totals.spend')) } } : document;
  }),
});
