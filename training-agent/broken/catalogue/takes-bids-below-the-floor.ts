import { lying } from '../lying.ts';
import { booksAnyway } from '../telling.ts';

/** Takes a bid that can never win. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A bid below the floor is refused.',
  tells: booksAnyway((field) => (field.endsWith('.bid_price') ? undefined : 'stands')),
});
