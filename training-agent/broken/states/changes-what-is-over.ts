import { lying } from '../lying.ts';
import { pretends } from '../telling.ts';

/** Takes changes to a buy that has ended. */
export const { promise, facade, openSandbox } = lying({
  promise: 'What has ended cannot be changed.',
  tells: pretends(['update_media_buy'], ({ code }) => code === 'INVALID_STATE', ({ request }) => (
    { media_buy_id: request['media_buy_id'], revision: 3, media_buy_status: request['paused'] === true
      ? 'paused' : 'active', affected_packages: [] })),
});
