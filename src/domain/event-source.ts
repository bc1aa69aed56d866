/** Registered sources of conversion events, as stored (seller specification §2.14). */
import type { EventSource } from '../protocol/wire/core/event-source.ts';

export interface EventSourceRecord {
  readonly event_source_id: string;
  readonly principal_id: string;
  readonly account_id: string;
  readonly library: string;
  readonly row_version: number;
  /** The registration as the buyer last sent it. */
  readonly source: EventSource;
  readonly created_at: string;
  readonly updated_at: string;
}
