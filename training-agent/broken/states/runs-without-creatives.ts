import { lying } from '../lying.ts';
import { retellsObjects } from '../telling.ts';

/** Says that a buy runs when it has nothing to show. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A buy whose packages lack creatives waits for them.',
  tells: retellsObjects('every task', (object) => ({
    ...object,
    ...(object['media_buy_status'] === 'pending_creatives' ? { media_buy_status: 'active' } : {}),
    ...(object['status'] === 'pending_creatives' ? { status: 'active' } : {}),
  })),
});
