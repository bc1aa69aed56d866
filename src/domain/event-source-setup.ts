/** How events of a source reach this seller: from the buyer's server, through the task log_event. */
import type { EventSource } from '../protocol/wire/core/event-source.ts';
import type { SyncedEventSource } from '../protocol/wire/sync-event-sources.ts';

/** A call to fill in (`<...>`) and send, with what was registered for the source already in it. */
export function eventSourceSetup(source: EventSource, agent_url: string): NonNullable<SyncedEventSource['setup']> {
  const snippet = JSON.stringify(
    {
      name: 'log_event',
      arguments: {
        idempotency_key: '<fresh for every call, 16 to 255 characters>',
        event_source_id: source.event_source_id,
        events: [exampleEvent(source)],
      },
    },
    null,
    2,
  );
  return {
    snippet,
    snippet_type: 'server_only',
    instructions:
      `Call this tool at ${agent_url} from your server with the credentials of your other calls, up to 10,000 events at a time. `
      + 'Give each event an id of its own (an order number, say) and use the same id when another source reports it too: it then counts once. '
      + 'Events with a hashed e-mail address, phone number or click id can be matched to people; others cannot.',
  };
}

function exampleEvent({ event_types, action_source, allowed_domains }: EventSource): object {
  const [event_type = 'purchase'] = event_types ?? [];
  const [domain] = allowed_domains ?? [];
  return {
    event_id: '<your id of the event>',
    event_type,
    event_time: '<when it happened, RFC 3339>',
    ...(event_type === 'custom' ? { custom_event_name: '<your name of the event>' } : {}),
    ...(action_source ? { action_source } : {}),
    ...(domain ? { event_source_url: `https://${domain}/` } : {}),
    user_match: { hashed_email: '<SHA-256 of the trimmed lower-case address, in hex>' },
    custom_data: event_type === 'watch_milestone' ? { progress_percent: 50 } : { value: 10, currency: 'USD' },
  };
}
