import { lying } from '../lying.ts';
import { retells } from '../telling.ts';

/** Calls a feed unchanged, whatever version the buyer has. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A feed is called unchanged to whoever has its version.',
  tells: retells(['get_products', 'get_signals'], (document, { request }) => {
    const known = request['if_wholesale_feed_version'];
    const { products: _products, signals: _signals, pagination: _page, proposals: _proposals, ...rest } = document;
    return known === undefined ? document : { ...rest, unchanged: true, wholesale_feed_version: known };
  }),
});
