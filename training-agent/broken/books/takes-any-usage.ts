import { lying } from '../lying.ts';
import { rowsOf, without } from '../retelling.ts';
import { retells } from '../telling.ts';

/** Says that all entries were taken. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A usage entry that could not be taken is named.',
  tells: retells(['report_usage'], (document, { request }) => ({ ...without(document, 'errors'), accepted: rowsOf(request['usage']).length })),
});
