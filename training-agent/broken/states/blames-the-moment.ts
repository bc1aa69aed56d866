import { lying } from '../lying.ts';
import { isObject } from '../retelling.ts';
import { excuses } from '../telling.ts';

/** Says of whatever an order does not take that it does not take it now, so that buyers try again and again. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A change that an order never takes, or that needs a person, is told apart from one that it takes at another time.',
  tells: excuses(['update_media_buy'], (error) =>
    (error['code'] === 'ACTION_NOT_ALLOWED' && isObject(error['details']) ? { ...error, recovery: 'correctable', details: { ...error['details'], reason: 'wrong_status' } } : error)),
});
