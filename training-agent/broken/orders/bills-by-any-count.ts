import { lying } from '../lying.ts';
import { booksAnyway } from '../telling.ts';

/** Books terms with a window that nothing is counted in. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Terms that name a measurement window which the product does not have are refused.',
  tells: booksAnyway((field) => (field.endsWith('.measurement_window') ? undefined : 'stands')),
});
