import type { EventSourceRecord } from '../../domain/event-source.ts';
import type { LibraryTable } from './libraries.ts';

export const EVENT_SOURCES: LibraryTable<EventSourceRecord> = { table: 'event_sources', id: 'event_source_id', idOf: ({ event_source_id }) => event_source_id };
