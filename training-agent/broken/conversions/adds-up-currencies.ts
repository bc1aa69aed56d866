import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { retold } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Adds values up whatever their currency. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A value in another currency is not added as if it were in the buy\'s.',
  tells: mishears(['log_event'], (request) => retold(request, (object) =>
    ('currency' in object ? { ...object, currency: 'USD' } : object)) as JsonObject),
});
