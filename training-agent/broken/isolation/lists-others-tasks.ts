import { asksAsOthers } from '../borrowing.ts';
import { lying } from '../lying.ts';

/** Lists tasks of other buyers where there are none. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Tasks are listed to their buyer only.',
  tells: asksAsOthers(['list_tasks'], 'tasks'),
});
