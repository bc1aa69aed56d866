import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { number, valueAt } from '../retelling.ts';
import { retellsRows } from '../telling.ts';

/** Rounds the whole up by a tenth. */
export const { promise, facade, openSandbox } = lying({
  promise: 'What a buy delivered is the sum of what its packages did.',
  tells: retellsRows(['get_media_buy_delivery'], 'media_buy_deliveries', (row) => ({
    ...row, totals: { ...(row['totals'] as JsonObject), impressions: Math.round(number(valueAt(row, 'totals.impressions')) * 1.1) },
  })),
});
