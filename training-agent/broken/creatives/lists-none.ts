import { lying } from '../lying.ts';
import { retells } from '../telling.ts';

/** Takes creatives, and knows nothing of them. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Creatives that were taken are listed.',
  tells: retells(['list_creatives'], (document) => ({ ...document, creatives: [], query_summary: { total_matching: 0, returned: 0 } })),
});
