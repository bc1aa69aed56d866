import { lying } from '../lying.ts';
import { pretends } from '../telling.ts';

/** Takes changes to a buy that there is not. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A buy that is not there cannot be changed.',
  tells: pretends(['update_media_buy'], ({ code }) => code === 'MEDIA_BUY_NOT_FOUND', ({ request }) => (
    { media_buy_id: request['media_buy_id'], revision: 2, media_buy_status: 'active', affected_packages: [] })),
});
