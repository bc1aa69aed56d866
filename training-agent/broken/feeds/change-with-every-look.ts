import { lying } from '../lying.ts';
import { freshKey } from '../retelling.ts';
import { retells } from '../telling.ts';

/** Gives a feed another version at every look. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The version of a feed stands for what is in it.',
  tells: retells(['get_products', 'get_signals'], (document) =>
    ('wholesale_feed_version' in document && document['unchanged'] !== true ? { ...document, wholesale_feed_version: freshKey() } : document)),
});
