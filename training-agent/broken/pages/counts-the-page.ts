import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { retold, rowsOf } from '../retelling.ts';
import { LISTS, retells } from '../telling.ts';

/** Counts what it shows instead of what there is. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A total counts the whole list, on every page.',
  tells: retells(LISTS, (page) => retold(page, (object) => ({
    ...object,
    ...('total_count' in object ? { total_count: rowsOf(Object.values(page).find(Array.isArray)).length } : {}),
    ...('total_matching' in object ? { total_matching: object['returned'] } : {}),
  })) as JsonObject),
});
