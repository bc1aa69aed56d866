import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { pretends } from '../telling.ts';

/** Asks for a purchase once, and for what is added to it never. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The governance agent is asked again before a purchase grows.',
  tells: pretends(['update_media_buy'], ({ code }) => code === 'GOVERNANCE_DENIED', ({ request }) => ({
    media_buy_id: request['media_buy_id'], revision: 2, affected_packages: rowsOf(request['packages']),
  })),
});
