import type { SyncAction, SyncedEventSource } from '../protocol/wire/sync-event-sources.ts';
import { eventSourceSetup } from './event-source-setup.ts';
import type { EventSourceRecord } from './event-source.ts';

/** A registered source as the buyer sees it. */
export function shownEventSource({ source }: EventSourceRecord, action: SyncAction, agent_url: string): SyncedEventSource {
  const { event_source_id, name, event_types, action_source, surface } = source;
  return {
    event_source_id,
    action,
    ...(name === undefined ? {} : { name }),
    ...(event_types ? { event_types } : {}),
    ...(action_source ? { action_source } : {}),
    ...(surface ? { surface } : {}),
    managed_by: 'buyer',
    setup: eventSourceSetup(source, agent_url),
  };
}
