import { lying } from '../lying.ts';
import { boughtAsAsked } from '../retelling.ts';
import { pretends } from '../telling.ts';

/** Books a goal that the product does not work toward. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A goal that the product does not work toward is refused.',
  tells: pretends(['create_media_buy'], ({ field }) => /\.optimization_goals\[\d+\]\.metric$/.test(String(field)), boughtAsAsked),
});
