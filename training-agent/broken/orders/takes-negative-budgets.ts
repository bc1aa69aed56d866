import { lying } from '../lying.ts';
import { booksAnyway } from '../telling.ts';

/** Books what would have to be paid out. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A budget is not below zero.',
  tells: booksAnyway((field) => (field.endsWith('.budget') ? 1000 : 'stands')),
});
