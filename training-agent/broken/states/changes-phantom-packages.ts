import { lying } from '../lying.ts';
import { pretends } from '../telling.ts';

/** Takes changes to a package that there is not. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A package that is not there cannot be changed.',
  tells: pretends(['update_media_buy'], ({ code }) => code === 'PACKAGE_NOT_FOUND', ({ request }) => (
    { media_buy_id: request['media_buy_id'], revision: 2, media_buy_status: 'active', affected_packages: [] })),
});
