import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { WRITES, mishears } from '../telling.ts';

/** Takes a call that is sent again with a context of its own for another one. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The context has no part in what makes two calls the same.',
  tells: mishears(WRITES, (request) => ({ ...request, ext: { ...(request['ext'] as JsonObject | undefined), seen: request['context'] } })),
});
