import { lying } from '../lying.ts';
import { booksAnyway } from '../telling.ts';

/** Books a target that it does not aim at. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A target that the goal does not have is refused.',
  tells: booksAnyway((field) => (field.endsWith('.target.kind') ? 'cost_per' : 'stands')),
});
