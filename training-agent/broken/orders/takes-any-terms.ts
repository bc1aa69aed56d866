import { lying } from '../lying.ts';
import { booksAnyway } from '../telling.ts';

/** Signs for counts that agree to the last impression, and settles for one percent. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Terms of counting that cannot be kept are refused.',
  tells: booksAnyway((field) => (field.endsWith('.max_variance_percent') ? 1 : 'stands')),
});
