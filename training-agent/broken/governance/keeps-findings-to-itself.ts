import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { excuses } from '../telling.ts';

/** Says that something was denied, and not why. */
export const { promise, facade, openSandbox } = lying({
  promise: 'What the governance agent found comes through to the buyer.',
  tells: excuses(['create_media_buy', 'update_media_buy'], (error) => (error['code'] === 'GOVERNANCE_DENIED' ? without(error, 'details') : error)),
});
