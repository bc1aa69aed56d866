/** What a step asks of the judge beyond sending one request: the parts of its file that belong to a contract of a test kit. */
import type { JsonObject } from './json/object.ts';

export type SpecialStep = WebhookExpectation | VectorReplay | SubstitutionProbe | ParallelDispatch | RateLimitTrip | SigningProbe;

/** Watches for what the seller delivers to the judge's webhook receiver. */
export interface WebhookExpectation {
  readonly kind: 'webhook';
  readonly assertion: WebhookAssertion;
  /** The step whose request made the seller deliver. */
  readonly triggered_by?: string;
  readonly filter: WebhookFilter;
  readonly timeout_ms: number;
  readonly expect_idempotency_key: boolean;
  readonly schema_ref?: string;
  /** Most events (told apart by their idempotency key) that may come; undefined: any number. */
  readonly max_events?: number;
  /** How the receiver fails the first deliveries. */
  readonly retry?: RetryTrigger;
  readonly min_deliveries: number;
  readonly require_tag: string;
  /** Undefined: whenever the webhook was registered without credentials of the older kind. */
  readonly verify_signatures?: boolean;
}

export type WebhookAssertion = 'arrives' | 'stays_away' | 'retry_keys_stable' | 'signature_valid';

export interface WebhookFilter {
  /** Names a receiver address, not the member of the payload. */
  readonly receiver?: string;
  /** Dotted path -> value that the payload has there; `$context.*` is not replaced yet. */
  readonly body: JsonObject;
}

export interface RetryTrigger {
  /** Deliveries that are refused. */
  readonly count: number;
  readonly http_status: number;
}

/** Sends a published webhook to the seller, as if the seller were a receiver. */
export interface VectorReplay {
  readonly kind: 'vector_replay';
  /** `test-vectors/webhook-receiver-envelope.json#positive/ID` */
  readonly vector_ref: string;
  /** An earlier step whose event this one repeats. */
  readonly same_event_as?: string;
  readonly expected_error?: string;
  readonly schema_ref?: string;
}

/** Looks how a preview encodes values of a catalogue inside URLs. */
export interface SubstitutionProbe {
  readonly kind: 'substitution';
  readonly source: 'html_inline' | 'url_fetch';
  /** JSON Pointer into the reply of the step before. */
  readonly source_path: string;
  readonly macro_template: string;
  readonly bindings: readonly CatalogBinding[];
  readonly require_every_binding: boolean;
}

export interface CatalogBinding {
  /** With its braces: `{SKU}`. */
  readonly macro: string;
  readonly catalog_item_id: string;
  readonly vector_name?: string;
  /** In the place of a published vector. */
  readonly raw_value?: string;
  readonly expected_encoded?: string;
}

/** Sends several copies of the request at once. Limits are looked at when the step runs. */
export interface ParallelDispatch {
  readonly kind: 'parallel_dispatch';
  readonly count: number;
  readonly same_idempotency_key: boolean;
  readonly barrier_timeout_ms: number;
  readonly mode: 'process_local' | 'distributed';
}

/** Sends requests until the seller throttles, then repeats the one that was throttled. */
export interface RateLimitTrip {
  readonly kind: 'rate_limit_trip';
  readonly target_task: string;
  readonly target_request: JsonObject;
  readonly max_attempts: number;
  readonly replay_max_wait_seconds: number;
}

/** Sends one published request-signing vector. Such steps are made by the judge, not written in files. */
export interface SigningProbe {
  readonly kind: 'signing_probe';
  /** `positive/001-basic-post` */
  readonly vector: string;
}
