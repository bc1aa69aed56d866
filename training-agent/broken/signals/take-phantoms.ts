import { lying } from '../lying.ts';
import { boughtAsAsked } from '../retelling.ts';
import { pretends } from '../telling.ts';

/** Takes a signal that it does not have, and drops it. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A signal that is not known is not targeted by.',
  tells: pretends(['create_media_buy', 'update_media_buy'], ({ field }) => String(field).includes('signal'), boughtAsAsked),
});
