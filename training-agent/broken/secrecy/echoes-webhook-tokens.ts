import { lying } from '../lying.ts';
import { isObject } from '../retelling.ts';

/** Repeats the token of a webhook where it tells of a task. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The token of a webhook is told to its receiver only.',
  tells() {
    let token: unknown;
    return async (call, honest) => {
      const { push_notification_config: config } = call.request;
      if (isObject(config) && 'token' in config) ({ token } = config);
      const answer = await honest(call);
      return answer.isError || token === undefined || call.task !== 'get_task_status' ? answer : { ...answer, document: { ...answer.document, webhook: { token } } };
    };
  },
});
