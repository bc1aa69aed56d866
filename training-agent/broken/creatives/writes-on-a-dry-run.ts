import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Does what it should only have tried. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A dry run changes nothing.',
  tells: mishears(['sync_creatives', 'sync_accounts'], (request) => without(request, 'dry_run')),
});
