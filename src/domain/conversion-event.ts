/** Logged events, as stored: each once for its source, type and id (seller specification §2.15, §5.3). */
import type { ConversionEvent } from '../protocol/wire/core/conversion-event.ts';

export interface EventRecord {
  readonly event_id: string;
  readonly event_type: string;
  /** In UTC with milliseconds (`2026-11-20T12:00:00.000Z`), so that times sort as texts; may lie in the future. */
  readonly event_time: string;
  /** As the buyer sent it. */
  readonly event: ConversionEvent;
}

/** Events of one source, recorded together. Those already there are left as they are. */
export interface EventBatch {
  readonly principal_id: string;
  readonly library: string;
  readonly event_source_id: string;
  readonly received_at: string;
  readonly events: readonly EventRecord[];
}
