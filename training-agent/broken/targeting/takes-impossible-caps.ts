import { lying } from '../lying.ts';
import { booksAnyway } from '../telling.ts';

/** Takes a frequency cap that it will not keep. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A frequency cap that the seller cannot keep is refused.',
  tells: booksAnyway((field) => (field.includes('.frequency_cap') ? undefined : 'stands')),
});
