import type { Pipeline } from '../src/pipeline/pipeline.ts';

/** What the harness says where a search says nothing, also where AdCP wants nothing said: in reads of the whole list. */
const FILLERS: Readonly<Record<string, { readonly mode: string; readonly member: string; readonly words: string }>> = {
  get_products: { mode: 'buying_mode', member: 'brief', words: 'Show me all available advertising products across all channels' },
  get_signals: { mode: 'discovery_mode', member: 'signal_spec', words: 'All available signals' },
};

/** Hears reads of the whole list without the harness's filler; words of anybody's own are answered as ever. */
export function withoutFillers(honest: Pipeline): Pipeline {
  return {
    ...honest,
    dispatch(call) {
      const filler = FILLERS[call.task];
      if (filler === undefined || call.request[filler.mode] !== 'wholesale' || call.request[filler.member] !== filler.words) return honest.dispatch(call);
      const request = Object.fromEntries(Object.entries(call.request).filter(([member]) => member !== filler.member));
      return honest.dispatch({ ...call, request });
    },
  };
}
