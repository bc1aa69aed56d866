import type { Principal } from '../domain/caller.ts';

/** One call of a task, as a transport hands it over. */
export interface Call {
  readonly task: string;
  /** The arguments as parsed from the wire. */
  readonly request: Readonly<Record<string, unknown>>;
  /** Absent: no credentials were sent. Transports refuse protected tasks before they come here. */
  readonly principal?: Principal;
  /** What the request is called in the log; absent: a failure gets an id of its own. */
  readonly correlation_id?: string;
}
