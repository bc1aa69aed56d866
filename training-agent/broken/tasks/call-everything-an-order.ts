import { lying } from '../lying.ts';
import { retells } from '../telling.ts';

/** Takes every task for an order. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A task says what kind of task it is.',
  tells: retells(['get_task_status', 'tasks_get'], (document) => ({ ...document, task_type: 'create_media_buy' })),
});
