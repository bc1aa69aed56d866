import { lying } from '../lying.ts';
import { number, rowsOf } from '../retelling.ts';
import { retells } from '../telling.ts';

/** Names what it could not take, and counts it as taken. */
export const { promise, facade, openSandbox } = lying({
  promise: 'As many usage entries count as accepted as were.',
  tells: retells(['report_usage'], (document) => ({ ...document, accepted: number(document['accepted']) + rowsOf(document['errors']).length })),
});
