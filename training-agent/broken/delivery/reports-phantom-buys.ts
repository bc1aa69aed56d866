import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { retells } from '../telling.ts';

/** Reports on buys that there are not. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A buy that is not there has no report.',
  tells: retells(['get_media_buy_delivery'], (document, { request }) => {
    const rows = rowsOf(document['media_buy_deliveries']);
    const asked = Array.isArray(request['media_buy_ids']) ? request['media_buy_ids'] : [];
    const missing = asked.filter((id) => !rows.some((row) => row['media_buy_id'] === id));
    return { ...document, media_buy_deliveries: [...rows, ...missing.map((media_buy_id) => ({ media_buy_id, status: 'active', totals: { impressions: 0, spend: 0 }, by_package: [] }))] };
  }),
});
