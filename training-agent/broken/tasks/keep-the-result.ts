import { lying } from '../lying.ts';
import { retells } from '../telling.ts';
import { without } from '../retelling.ts';

/** Does not say what came of a task. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The result of a task is told to whom it was promised.',
  tells: retells(['get_task_status', 'tasks_get'], (document) => without(document, 'result')),
});
