import { lying } from '../lying.ts';
import { pretends } from '../telling.ts';

/** Agrees to budgets below what has been spent. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A budget cannot be lowered below what was spent of it.',
  tells: pretends(['update_media_buy'], ({ code }) => code === 'BUDGET_TOO_LOW', ({ request }) => ({ media_buy_id: request['media_buy_id'], revision: 1 })),
});
