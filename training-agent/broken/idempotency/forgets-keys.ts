import { lying } from '../lying.ts';
import { freshKey } from '../retelling.ts';
import { WRITES, mishears } from '../telling.ts';

/** Does everything again as often as it is asked. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The same request under the same key is done once, however often it comes.',
  tells: mishears(WRITES, (request) => ('idempotency_key' in request ? { ...request, idempotency_key: freshKey() } : request)),
});
