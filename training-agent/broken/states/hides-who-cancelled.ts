import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { retellsRows } from '../telling.ts';

/** Shows a buy that was cancelled, and not by whom. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A cancelled buy says when and by whom it was cancelled.',
  tells: retellsRows(['get_media_buys'], 'media_buys', (buy) => without(buy, 'cancellation')),
});
