import { lying } from '../lying.ts';
import { retells } from '../telling.ts';

/** Answers again as if for the first time. */
export const { promise, facade, openSandbox } = lying({
  promise: 'An answer that is given again says so.',
  tells: retells('every task', ({ replayed: _omitted, ...rest }) => rest),
});
