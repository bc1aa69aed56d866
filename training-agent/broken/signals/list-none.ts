import { lying } from '../lying.ts';
import { retells } from '../telling.ts';

/** Knows no signal. */
export const { promise, facade, openSandbox } = lying({
  promise: 'What packages may be targeted by is listed.',
  tells: retells(['get_signals'], (document) => ({ ...document, signals: [], pagination: { has_more: false, total_count: 0 } })),
});
