/** Remembers what really left the process, within bounds, so that it can be shown on demand. */

export interface RecordedCall {
  /** On whose behalf it was sent. */
  readonly principal_id: string;
  readonly method: string;
  /** The URL that the platform documents; a host map does not show here. */
  readonly url: string;
  readonly content_type: string;
  /** The body as sent. */
  readonly payload: string;
  /** ISO 8601, when the request left. */
  readonly timestamp: string;
  /** HTTP status of the reply; absent when none came. */
  readonly status?: number;
}

export interface Recorder {
  record(call: RecordedCall): void;
  /** Calls that left at or after `since`, oldest first. */
  since(since: string | undefined): readonly RecordedCall[];
}
