import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Reports all that there ever was, whatever span is asked for. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A report covers the span that was asked for, and no more.',
  tells: mishears(['get_media_buy_delivery'], (request) => without(without(request, 'start_date'), 'end_date')),
});
