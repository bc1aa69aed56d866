import { asksAsOthers } from '../borrowing.ts';
import { lying } from '../lying.ts';

/** Sells a plan to whoever knows its id. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A plan is sold to the buyer that it was made for.',
  tells: asksAsOthers(['create_media_buy']),
});
