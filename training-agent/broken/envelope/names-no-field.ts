import { lying } from '../lying.ts';
import { excuses } from '../telling.ts';

/** Refuses a request without a word about what is wrong with it. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A refusal over a member of the request names it.',
  tells: excuses('every task', ({ field: _field, issues: _issues, ...error }) => error),
});
