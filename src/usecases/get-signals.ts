import { feedVersion } from '../domain/feed-version.ts';
import { pagedList, pageInfo, pageOfList, pagePosition } from '../domain/pagination.ts';
import { projectedSignal } from '../domain/signals/fields.ts';
import { signalsFound } from '../domain/signals/listing.ts';
import type { GetSignalsRequest, GetSignalsSuccess } from '../protocol/wire/get-signals.ts';
import { answer, type UseCase } from './desk.ts';

/** Signals that packages may be targeted by: those that suit a text or are named, or all of them (`wholesale`), a page at a time. */
export const getSignals: UseCase<GetSignalsRequest, GetSignalsSuccess> = async (request, caller, desk) => {
  const list = pagedList('get_signals', caller.principal, request, desk);
  const asked = request.pagination ?? (request.max_results === undefined ? undefined : { max_results: request.max_results });
  const position = pagePosition(asked, list);
  if (position.kind === 'refused') return position;

  const feed = (await desk.catalogue.signals?.(caller)) ?? [];
  const version = { wholesale_feed_version: feedVersion(feed) };
  const { discovery_mode: mode, if_wholesale_feed_version: known } = request;
  if (mode === 'wholesale' && known === version.wholesale_feed_version) return answer({ unchanged: true, ...version, cache_scope: 'public' });
  const page = pageOfList(signalsFound(feed, request), position);
  return answer({
    signals: page.items.map((signal) => projectedSignal(signal, request.fields)),
    // Everybody pays the same for a signal, whatever account the request names.
    cache_scope: 'public',
    ...version,
    pagination: pageInfo(page.last, list, page.total),
  });
};
