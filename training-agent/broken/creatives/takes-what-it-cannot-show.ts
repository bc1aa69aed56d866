import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Guesses what a creative is meant to be. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A creative of no format at all is refused.',
  tells: mishears(['sync_creatives'], (request) =>
    ({ ...request, creatives: rowsOf(request['creatives']).map((each) => ('format_id' in each || 'format_kind' in each
      ? each : { ...each, format_kind: 'image' })) })),
});
