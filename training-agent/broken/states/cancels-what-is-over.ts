import { lying } from '../lying.ts';
import { pretends } from '../telling.ts';

/** Cancels a buy as often as it is asked. */
export const { promise, facade, openSandbox } = lying({
  promise: 'What has ended cannot be cancelled.',
  tells: pretends(['update_media_buy'], ({ code }) => code === 'NOT_CANCELLABLE', ({ request }) => (
    { media_buy_id: request['media_buy_id'], revision: 2, media_buy_status: 'canceled', affected_packages: [] })),
});
