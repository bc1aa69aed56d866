import { lying } from '../lying.ts';
import { booksAnyway } from '../telling.ts';

/** Books targeting that it cannot carry out, without it. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Targeting that the seller has not declared is refused.',
  tells: booksAnyway((field) => (/\.targeting_overlay\.(?:geo_|language|device|keyword|negative)/.test(field) ? undefined : 'stands')),
});
