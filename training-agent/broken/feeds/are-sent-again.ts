import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Sends the whole feed to whoever has it. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A feed that has not changed is not sent again.',
  tells: mishears(['get_products', 'get_signals'], (request) => without(without(request, 'if_wholesale_feed_version'), 'if_pricing_version')),
});
