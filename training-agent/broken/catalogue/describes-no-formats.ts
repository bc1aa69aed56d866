import { lying } from '../lying.ts';
import { retells } from '../telling.ts';

/** Takes creatives in formats that it does not describe. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Every format that a product takes is described.',
  tells: retells(['list_creative_formats'], (document, { request }) => ('format_ids' in request ? { ...document, formats: [] } : document)),
});
