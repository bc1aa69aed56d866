import { lying } from '../lying.ts';
import { retells } from '../telling.ts';

/** Lets what one account may buy be kept for everybody. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A feed says for whom it may be kept.',
  tells: retells(['get_products', 'get_signals'], (document, { request }) => ('cache_scope' in document && 'account' in request ? { ...document, cache_scope: 'public' } : document)),
});
