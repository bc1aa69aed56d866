import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { errorOf, without } from '../retelling.ts';
import { acknowledged } from '../telling.ts';

/** Looks at the key alone. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A key that comes back with another request is refused as a conflict.',
  tells: () => {
    const answered = new Map<unknown, JsonObject>();
    return async (call, honest) => {
      const answer = await honest(call);
      const key = call.request['idempotency_key'];
      if (!answer.isError && key !== undefined && !answered.has(key)) answered.set(key, answer.document);
      if (errorOf(answer)?.['code'] !== 'IDEMPOTENCY_CONFLICT') return answer;
      return acknowledged(call, { ...without(answered.get(key) ?? {}, 'context'), replayed: true });
    };
  },
});
