import { lying } from '../lying.ts';
import { booksAnyway } from '../telling.ts';

/** Books a flight that ends before it begins. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A flight that ends before it begins is refused.',
  tells: booksAnyway((field) => (field === 'end_time' ? '2099-12-31T00:00:00Z' : 'stands')),
});
