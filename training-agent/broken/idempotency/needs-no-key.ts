import { lying } from '../lying.ts';
import { freshKey } from '../retelling.ts';
import { WRITES, mishears } from '../telling.ts';

/** Makes up the key that the caller left out. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A change without an idempotency key is refused.',
  tells: mishears(WRITES, (request) => ({ idempotency_key: freshKey(), ...request })),
});
