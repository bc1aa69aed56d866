import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { retold } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Shows ads to people who were to be left out. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A signal that excludes excludes.',
  tells: mishears(['create_media_buy'], (request) => retold(request, (object) => ('signals' in object && object['operator'] === 'none' ? { ...object, operator: 'any' } : object)) as JsonObject),
});
