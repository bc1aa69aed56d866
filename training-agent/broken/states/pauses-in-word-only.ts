import { lying } from '../lying.ts';
import { number, rowsOf } from '../retelling.ts';
import { acknowledged } from '../telling.ts';

/** Says that a buy is paused, and lets it run. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A buy that was paused is paused when it is read again.',
  tells: () => async (call, honest) => {
    const { paused, media_buy_id, account } = call.request;
    if (call.task !== 'update_media_buy' || paused !== true) return honest(call);
    const { document } = await honest({ ...call, task: 'get_media_buys', request: { account, media_buy_ids: [media_buy_id] } });
    const [buy] = rowsOf(document['media_buys']);
    return buy === undefined ? honest(call)
      : acknowledged(call, { media_buy_id, revision: number(buy['revision']) + 1, media_buy_status: 'paused', affected_packages: buy['packages'] });
  },
});
