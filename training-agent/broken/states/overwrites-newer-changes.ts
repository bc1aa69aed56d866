import { lying } from '../lying.ts';
import { mishears } from '../telling.ts';

/** Takes a change that was made to an older buy than there is by now. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A change to a revision that has passed is refused.',
  tells: mishears(['update_media_buy'], ({ revision: _asked, ...request }) => request),
});
