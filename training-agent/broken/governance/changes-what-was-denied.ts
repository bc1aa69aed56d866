import { lying } from '../lying.ts';
import { pretends } from '../telling.ts';

/** Says of a change that was denied that it was made. */
export const { promise, facade, openSandbox } = lying({
  promise: 'What governance denies is not changed.',
  tells: pretends(['update_media_buy'], ({ code }) => code === 'GOVERNANCE_DENIED', ({ request }) => ({ media_buy_id: request['media_buy_id'], media_buy_status: 'active', revision: 2, affected_packages: [] })),
});
