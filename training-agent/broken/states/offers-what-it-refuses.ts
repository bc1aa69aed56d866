import { lying } from '../lying.ts';
import { retellsObjects } from '../telling.ts';

/** Offers to pause and resume what has ended. */
export const { promise, facade, openSandbox } = lying({
  promise: 'What has ended offers no actions.',
  tells: retellsObjects(['get_media_buys', 'update_media_buy'], (object) =>
    ('valid_actions' in object && (object['status'] === 'canceled' || object['media_buy_status'] === 'canceled')
      ? { ...object, valid_actions: ['pause', 'resume', 'cancel'] } : object)),
});
