import { lying } from '../lying.ts';
import { retells } from '../telling.ts';
import { without } from '../retelling.ts';

/** Says of every task that it goes on. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A task that has ended says so.',
  tells: retells(['get_task_status', 'tasks_get'], (document) => ({ ...without(without(document, 'completed_at'), 'result'), status: 'working' })),
});
