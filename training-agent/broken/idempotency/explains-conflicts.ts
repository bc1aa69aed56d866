import { lying } from '../lying.ts';
import { excuses } from '../telling.ts';

/** Tells whoever guesses a key what it was used for. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A conflict over a key says no more than that there is one.',
  tells: excuses('every task', (error, { task }) =>
    (error['code'] === 'IDEMPOTENCY_CONFLICT'
      ? { ...error, field: 'packages[0].budget', details: { task, first_use: 'with another budget' } } : error)),
});
