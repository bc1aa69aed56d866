import { lying } from '../lying.ts';
import { retellsObjects } from '../telling.ts';

/** Runs a buy that it has not agreed to. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A buy that runs says when it was confirmed.',
  tells: retellsObjects(['create_media_buy', 'get_media_buys'], (object) =>
    ('confirmed_at' in object ? { ...object, confirmed_at: null } : object)),
});
