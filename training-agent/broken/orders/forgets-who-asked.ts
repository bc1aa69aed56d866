import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { retellsRows } from '../telling.ts';

/** Shows a buy without the context that it was made with. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A buy is shown with the context of the call that made it.',
  tells: retellsRows(['get_media_buys'], 'media_buys', (buy) => without(buy, 'context')),
});
