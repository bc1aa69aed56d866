/** What keeps one event of a batch from being recorded, beyond the shape of the request (seller specification §2.15). */
import type { ConversionEvent } from '../protocol/wire/core/conversion-event.ts';
import type { EventSource } from '../protocol/wire/core/event-source.ts';
import { mayReport } from './event-domains.ts';

/** @returns the reason in words, or undefined when the event can be recorded; a time in the future is no flaw */
export function eventFlaw(event: ConversionEvent, source: EventSource): string | undefined {
  if (source.event_types && !source.event_types.includes(event.event_type))
    return (
      `${event.event_type} is not registered for ${source.event_source_id}, which takes ${source.event_types.join(', ')}; `
      + 'register it with sync_event_sources'
    );
  if (source.allowed_domains && event.event_source_url !== undefined && !mayReport(event.event_source_url, source.allowed_domains))
    return `event_source_url lies outside the domains registered for ${source.event_source_id}: ${source.allowed_domains.join(', ')}`;
  return undefined;
}
