import { asksAsOthers } from '../borrowing.ts';
import { lying } from '../lying.ts';

/** Tells anybody what a media buy has delivered. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The delivery of a media buy is told to its buyer only.',
  tells: asksAsOthers(['get_media_buy_delivery'], 'media_buy_deliveries'),
});
