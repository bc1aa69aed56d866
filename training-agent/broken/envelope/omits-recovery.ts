import { lying } from '../lying.ts';
import { excuses } from '../telling.ts';

/** Refuses, and leaves open whether to ask again. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A refusal says what helps: to ask again, to ask otherwise, or nothing.',
  tells: excuses('every task', ({ recovery: _omitted, ...error }) => error),
});
