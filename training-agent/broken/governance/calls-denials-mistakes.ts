import { lying } from '../lying.ts';
import { excuses } from '../telling.ts';

/** Passes a denial off as a mistake in the request. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A denial says that it came from the governance agent.',
  tells: excuses(['create_media_buy', 'update_media_buy'], (error) => (error['code'] === 'GOVERNANCE_DENIED' ? { ...error, code: 'INVALID_REQUEST' } : error)),
});
