import type { Caller } from '../domain/caller.ts';
import type { EventRecord } from '../domain/conversion-event.ts';
import { eventFlaw } from '../domain/event-flaws.ts';
import { eventQuality } from '../domain/event-quality.ts';
import type { EventSourceRecord } from '../domain/event-source.ts';
import type { Change } from '../domain/ports/store.ts';
import { invalid, refuse, type Refused } from '../protocol/errors.ts';
import type { ConversionEvent } from '../protocol/wire/core/conversion-event.ts';
import type { LogEventRequest, LogEventSuccess } from '../protocol/wire/log-event.ts';
import { contentWarnings } from './content-coverage.ts';
import { answer, type Desk, type UseCase } from './desk.ts';
import { pushParts, upstreamPush } from './upstream-push.ts';

/**
 * Records events of a registered source, each once, and passes them on. An event that cannot be recorded is told in
 * `partial_failures` and keeps none of the others back. With a `test_event_code` events are only checked.
 */
export const logEvent: UseCase<LogEventRequest, LogEventSuccess> = async (request, caller, desk) => {
  const found = await registered(request.event_source_id, caller, desk);
  if (found.kind === 'refused') return found;
  const { record } = found;
  const judged = request.events.map((event) => ({ event, flaw: eventFlaw(event, record.source) }));
  const taken = judged.flatMap(({ event, flaw }) => (flaw === undefined ? [event] : []));
  const failures = judged.flatMap(({ event, flaw }) =>
    flaw === undefined ? [] : [{ event_id: event.event_id, code: 'INVALID_REQUEST', message: flaw }],
  );
  const { match_quality, warnings } = eventQuality(taken, record.source);
  const testing = request.test_event_code !== undefined;
  const told = [...(testing ? ['these are test events: they were checked, and neither recorded nor passed on'] : []), ...warnings, ...(await contentWarnings(taken, record, desk))];
  const body = {
    events_received: request.events.length,
    events_processed: taken.length,
    match_quality,
    ...(failures.length > 0 ? { partial_failures: failures } : {}),
    ...(told.length > 0 ? { warnings: told } : {}),
  };
  return answer(body, testing || taken.length === 0 ? [] : changesFor(taken, record, desk), [`event_source:${record.event_source_id}`]);
};

async function registered(
  event_source_id: string,
  caller: Caller,
  desk: Desk,
): Promise<{ readonly kind: 'found'; readonly record: EventSourceRecord } | Refused> {
  const [record, ...others] = await desk.store.eventSources(caller.reach, [event_source_id]);
  if (record === undefined)
    return invalid('event_source_id', `no event source "${event_source_id}" is registered; register it with sync_event_sources`);
  if (others.length > 0)
    return refuse('ACCOUNT_AMBIGUOUS', `several accounts have an event source "${event_source_id}"; name one of them in account`, {
      field: 'event_source_id',
    });
  return { kind: 'found', record };
}

function changesFor(
  events: readonly ConversionEvent[],
  { principal_id, library, account_id, event_source_id }: EventSourceRecord,
  desk: Desk,
): Change[] {
  const batch = { principal_id, library, event_source_id, received_at: desk.clock.now().toISOString(), events: events.map(recordOf) };
  const pushes = pushParts(events).flatMap((part) =>
    upstreamPush(desk, { principal_id, lane: `event_source:${library}/${event_source_id}` }, (platform) =>
      platform.planConversions(account_id, event_source_id, part),
    ),
  );
  return [{ kind: 'record_events', batch }, ...pushes];
}

const recordOf = (event: ConversionEvent): EventRecord => ({
  event_id: event.event_id,
  event_type: event.event_type,
  event_time: STORED_TIME.test(event.event_time) ? event.event_time : new Date(event.event_time).toISOString(),
  event,
});

/** A time that is written as it is kept. */
const STORED_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
