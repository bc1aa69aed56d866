import { lying } from '../lying.ts';
import { booksAnyway } from '../telling.ts';

/** Books a package for a time at which the buy does not run. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A package runs within the flight of its buy.',
  tells: booksAnyway((field) => (/^packages\[\d+\]\.(start|end)_time$/.test(field) ? undefined : 'stands')),
});
