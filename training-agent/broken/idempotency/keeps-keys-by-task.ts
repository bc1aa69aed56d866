import { lying } from '../lying.ts';
import { WRITES, mishears } from '../telling.ts';

/** Lets a key be used once for each task. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A key that was used for one task is no other task\'s.',
  tells: mishears(WRITES, (request, { task }) =>
    ('idempotency_key' in request ? { ...request, idempotency_key: `${request['idempotency_key']}.${task}`.slice(0, 255) } : request)),
});
