import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { errorOf } from '../retelling.ts';

/** Tells whoever guesses a key what was answered under it. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A conflict over an idempotency key tells nothing of the call that used it first.',
  tells: () => {
    const answered = new Map<string, JsonObject>();
    return async (call, honest) => {
      const answer = await honest(call);
      const key = JSON.stringify([call.principal?.principal_id, call.request['idempotency_key']]);
      if (!answer.isError && call.request['idempotency_key'] !== undefined && !answered.has(key)) answered.set(key, answer.document);
      const error = errorOf(answer);
      if (error?.['code'] !== 'IDEMPOTENCY_CONFLICT') return answer;
      const { context: _callers, ...cached } = answered.get(key) ?? {};
      const leak = { ...error, details: { cached_response: cached } };
      return { ...answer, document: { ...answer.document, adcp_error: leak, errors: [leak] } };
    };
  },
});
