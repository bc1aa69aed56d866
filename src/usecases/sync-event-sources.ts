import type { Caller } from '../domain/caller.ts';
import { isDomain } from '../domain/event-domains.ts';
import { shownEventSource } from '../domain/event-source-view.ts';
import type { EventSourceRecord } from '../domain/event-source.ts';
import { ownLibrary } from '../domain/own-library.ts';
import type { Change } from '../domain/ports/store.ts';
import { canonicalHash } from '../protocol/canonical-json.ts';
import { adcpError, invalid, type AdcpError } from '../protocol/errors.ts';
import type { EventSource } from '../protocol/wire/core/event-source.ts';
import type { SyncedEventSource, SyncEventSourcesRequest, SyncEventSourcesSuccess } from '../protocol/wire/sync-event-sources.ts';
import { answer, type Desk, type UseCase } from './desk.ts';

/** Registers sources of events on their id, each alone and in order; without a list it tells the registered ones. */
export const syncEventSources: UseCase<SyncEventSourcesRequest, SyncEventSourcesSuccess> = async (request, caller, desk) => {
  const known = await desk.store.eventSources(ownLibrary(caller));
  const { agent_url } = desk.seller;
  if (request.event_sources === undefined) {
    if (request.delete_missing)
      return invalid('delete_missing', 'delete_missing needs event_sources: without the list it would delete every source');
    return answer({ event_sources: known.map((record) => shownEventSource(record, 'unchanged', agent_url)) });
  }
  const asked = request.event_sources.map(({ event_source_id }) => event_source_id);
  const settled = request.event_sources.map((source, at) => {
    const flaw = asked.indexOf(source.event_source_id) < at ? repeated(at) : sourceFlaw(source, at);
    return flaw
      ? failure(source, flaw)
      : settle(
          source,
          known.find((record) => record.event_source_id === source.event_source_id),
          caller,
          desk,
        );
  });
  const gone = request.delete_missing ? known.filter(({ event_source_id }) => !asked.includes(event_source_id)) : [];
  const changes = [
    ...settled.flatMap((each) => each.change ?? []),
    ...gone.map((source): Change => ({ kind: 'delete_event_source', source })),
  ];
  const shown = [
    ...settled.map((each) => each.shown),
    ...gone.map(({ event_source_id }) => ({ event_source_id, action: 'deleted' as const })),
  ];
  const touched = shown.filter(({ action }) => action !== 'unchanged' && action !== 'failed');
  return answer(
    { event_sources: shown },
    changes,
    touched.map(({ event_source_id }) => `event_source:${event_source_id}`),
  );
};

interface Settled {
  readonly shown: SyncedEventSource;
  readonly change?: Change;
}

function settle(source: EventSource, known: EventSourceRecord | undefined, caller: Caller, desk: Desk): Settled {
  const account = caller.account!;
  const now = desk.clock.now().toISOString();
  if (known && canonicalHash(known.source) === canonicalHash(source))
    return { shown: shownEventSource(known, 'unchanged', desk.seller.agent_url) };
  const record: EventSourceRecord = known
    ? { ...known, source, updated_at: now }
    : {
        event_source_id: source.event_source_id,
        principal_id: account.principal_id,
        account_id: account.account_id,
        library: account.library,
        row_version: 0,
        source,
        created_at: now,
        updated_at: now,
      };
  return {
    shown: shownEventSource(record, known ? 'updated' : 'created', desk.seller.agent_url),
    change: { kind: 'put_event_source', source: record },
  };
}

const failure = ({ event_source_id }: EventSource, error: AdcpError): Settled => ({
  shown: { event_source_id, action: 'failed', errors: [error as never] },
});

const repeated = (at: number): AdcpError =>
  adcpError('INVALID_REQUEST', 'this event_source_id stands earlier in the list already', {
    field: `event_sources[${at}].event_source_id`,
  });

function sourceFlaw({ allowed_domains = [] }: EventSource, at: number): AdcpError | undefined {
  const nth = allowed_domains.findIndex((domain) => !isDomain(domain));
  if (nth < 0) return undefined;
  return adcpError('INVALID_REQUEST', `"${allowed_domains[nth]}" is not a bare domain such as shop.example`, {
    field: `event_sources[${at}].allowed_domains[${nth}]`,
  });
}
