import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { retold, without } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Takes every value at its face. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The value of an event is multiplied by the factor of its source.',
  tells: mishears(['create_media_buy', 'update_media_buy'], (request) =>
    retold(request, (object) => without(object, 'value_factor')) as JsonObject),
});
