import { lying } from '../lying.ts';
import { boughtAsAsked } from '../retelling.ts';
import { pretends } from '../telling.ts';

/** Sells at a price that the product does not have. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A pricing option that the product does not have cannot be bought.',
  tells: pretends(['create_media_buy'], ({ field }) => String(field).endsWith('.pricing_option_id'), boughtAsAsked),
});
