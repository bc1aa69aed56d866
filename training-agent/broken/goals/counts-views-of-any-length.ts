import { lying } from '../lying.ts';
import { booksAnyway } from '../telling.ts';

/** Books views of a length that it does not measure. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A view is of a length that the product measures.',
  tells: booksAnyway((field) => (field.endsWith('.view_duration_seconds') ? undefined : 'stands')),
});
