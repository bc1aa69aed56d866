import { lying } from '../lying.ts';
import { booksAnyway } from '../telling.ts';

/** Books a flight that should have begun already. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A flight that begins in the past is refused.',
  tells: booksAnyway((field) => (field === 'start_time' ? 'asap' : 'stands')),
});
