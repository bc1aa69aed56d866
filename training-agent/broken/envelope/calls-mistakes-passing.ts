import { lying } from '../lying.ts';
import { excuses } from '../telling.ts';

/** Has the caller ask again for what will never be granted. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A refusal that only another request mends is not told as a passing one.',
  tells: excuses('every task', (error) =>
    (error['recovery'] === 'correctable' ? { ...error, recovery: 'transient', retry_after: 1 } : error)),
});
