import { lying } from '../lying.ts';
import { booksAnyway } from '../telling.ts';

/** Promises reports as often as they are wanted. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Reports are promised no oftener than the product has them.',
  tells: booksAnyway((field) => (field.startsWith('reporting_webhook') ? 'daily' : 'stands')),
});
