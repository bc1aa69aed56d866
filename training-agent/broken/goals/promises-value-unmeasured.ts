import { lying } from '../lying.ts';
import { booksAnyway } from '../telling.ts';

/** Promises a return without knowing what to measure it by. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A goal of value says where the value stands.',
  tells: booksAnyway((field) => (field.endsWith('.value_field') ? 'value' : 'stands')),
});
