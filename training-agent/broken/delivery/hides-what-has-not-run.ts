import { lying } from '../lying.ts';
import { number, rowsOf, valueAt } from '../retelling.ts';
import { retells } from '../telling.ts';

/** Reports nothing of a buy that has delivered nothing. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A buy that has delivered nothing is reported with zeros.',
  tells: retells(['get_media_buy_delivery'], (document) =>
    ({ ...document, media_buy_deliveries: rowsOf(document['media_buy_deliveries']).filter((row) => number(valueAt(row, 'totals.impressions')) > 0) })),
});
