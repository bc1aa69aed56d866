import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { retold } from '../retelling.ts';
import { retells } from '../telling.ts';

/** Calls all money dollars in its reports. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A report is in the currency that was bought in.',
  tells: retells(['get_media_buy_delivery'], (document) =>
    retold(document, (object) => ('currency' in object ? { ...object, currency: 'USD' } : object)) as JsonObject),
});
