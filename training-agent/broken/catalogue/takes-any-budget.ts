import { lying } from '../lying.ts';
import { boughtAsAsked } from '../retelling.ts';
import { pretends } from '../telling.ts';

/** Takes less than it sells for. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A budget below the least that the price asks for is refused.',
  tells: pretends(['create_media_buy'], ({ code }) => code === 'BUDGET_TOO_LOW', boughtAsAsked),
});
