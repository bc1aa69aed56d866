/** What takes how long within one call and beyond it, as spans of traces. Never what was asked or answered, and no secret. */

export interface SpanSetting {
  readonly kind: 'server' | 'client' | 'consumer' | 'internal';
  readonly attributes?: Readonly<Record<string, string | number>>;
  /** The span, as a `traceparent`, that caused this one and may have ended long ago. */
  readonly caused_by?: string | undefined;
}

export interface OpenSpan {
  /** W3C Trace Context: what others are told so that their spans become children of this one. */
  readonly traceparent: string;
  set(name: string, value: string | number): void;
  failed(): void;
}

export interface Spans {
  /** A span around some work, below the one that is open where it is called. */
  span<Result>(name: string, setting: SpanSetting, work: (span: OpenSpan) => Promise<Result>): Promise<Result>;
  /** Work whose spans belong to a trace of somebody else, when that names one. */
  within<Result>(traceparent: string | undefined, work: () => Result): Result;
  /** Sends what has ended. */
  close(): Promise<void>;
}
