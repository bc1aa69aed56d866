import { asksAsOthers } from '../borrowing.ts';
import { lying } from '../lying.ts';

/** Lets anybody change a media buy who knows its id. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A media buy is changed by its buyer only.',
  tells: asksAsOthers(['update_media_buy']),
});
