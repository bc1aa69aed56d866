import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { retells } from '../telling.ts';

/** Repeats, where it tells of a task, the address and the token that it was given for it. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The token of a webhook is told to its receiver only.',
  tells() {
    let config: unknown;
    const shows = retells(['get_task_status'], (document): JsonObject => (config === undefined ? document : { ...document, push_notification_config: config }))();
    return (call, honest) => {
      config = call.request['push_notification_config'] ?? config;
      return shows(call, honest);
    };
  },
});
