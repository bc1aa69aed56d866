import { lying } from '../lying.ts';
import type { JsonObject } from '../../../src/protocol/envelope.ts';

/** Shows what it was asked for first, whatever it is asked for. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A preview renders the creative that was asked for.',
  tells: () => {
    let first: JsonObject | undefined;
    return async (call, honest) => {
      const answer = await honest(call);
      if (call.task !== 'preview_creative' || answer.isError || !('previews' in answer.document)) return answer;
      first ??= answer.document;
      return { ...answer, document: { ...answer.document, previews: first['previews'] } };
    };
  },
});
