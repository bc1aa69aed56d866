import { lying } from '../lying.ts';
import { excuses } from '../telling.ts';

/** Says that governance denied what it gave no answer to. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A governance agent that gives no answer has not denied anything.',
  tells: excuses(['create_media_buy', 'update_media_buy'], (error) => (error['code'] === 'GOVERNANCE_UNAVAILABLE' ? { ...error, code: 'GOVERNANCE_DENIED' } : error)),
});
