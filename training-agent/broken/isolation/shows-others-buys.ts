import { asksAsOthers } from '../borrowing.ts';
import { lying } from '../lying.ts';

/** Shows a media buy to whoever asks for it. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A media buy is shown to its buyer only.',
  tells: asksAsOthers(['get_media_buys'], 'media_buys'),
});
