import { lying } from '../lying.ts';
import { rewrites } from '../relaying.ts';
import { without } from '../retelling.ts';

/** Tells of a task that has ended as of one that goes on. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A webhook tells how its task ended.',
  webhooks: rewrites((body) => ('status' in body ? { ...without(body, 'result'), status: 'working' } : body)),
});
