import { lying } from '../lying.ts';
import { rewrites } from '../relaying.ts';
import { without } from '../retelling.ts';

/** Tells that a task has ended, and not what came of it. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A webhook of a completed task holds its result.',
  webhooks: rewrites((body) => without(body, 'result')),
});
