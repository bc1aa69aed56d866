import type { Answer } from '../../../src/protocol/envelope.ts';
import { taskOf, type TaskName } from '../../../src/protocol/tasks.ts';
import { lying } from '../lying.ts';

/** Takes a key that another buyer has used for a repetition. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The keys of a buyer are its own.',
  tells() {
    const answered = new Map<unknown, Answer>();
    return async (call, honest) => {
      const key = taskOf(call.task as TaskName).mutating ? call.request['idempotency_key'] : undefined;
      const known = key === undefined ? undefined : answered.get(key);
      const answer = await honest(call);
      if (key === undefined || answer.isError) return answer;
      if (known === undefined) answered.set(key, answer);
      return known === undefined || answer.document['replayed'] === true ? answer : { ...known, document: { ...known.document, replayed: true } };
    };
  },
});
