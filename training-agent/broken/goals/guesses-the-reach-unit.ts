import { lying } from '../lying.ts';
import { valueAt } from '../retelling.ts';
import { booksAnyway } from '../telling.ts';

/** Chooses whom to count when the buyer does not say. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A goal of reach says what is reached.',
  tells: booksAnyway((field, { request }) =>
    (field.endsWith('.reach_unit') && valueAt(request, field) === undefined ? 'households' : 'stands')),
});
