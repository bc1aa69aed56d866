import { lying } from '../lying.ts';
import { retoldAnswer } from '../retelling.ts';

/** Leaves the cost of a conversion for the buyer to work out. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Delivery with conversions reports what one of them cost.',
  tells: () => async (call, honest) => {
    const answer = await honest(call);
    return call.task === 'get_media_buy_delivery' ? retoldAnswer(answer, ({ cost_per_acquisition: _omitted, ...rest }) => rest) : answer;
  },
});
