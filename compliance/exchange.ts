/** What was sent to the seller and what came back, as facts. Grading happens elsewhere. */

/** How tasks reach a seller. */
export type Transport = 'mcp' | 'a2a';

export interface SentRequest {
  /** `http`: a plain request of a probe. */
  readonly transport: Transport | 'http';
  /** The tool that was called. */
  readonly operation: string;
  readonly payload: unknown;
  readonly url: string;
}

/** Status and headers of the HTTP reply, names in lower case. */
export interface HttpHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

export type Exchange =
  | {
    readonly kind: 'answered';
    readonly request: SentRequest;
    /** The tool result as it came. */
    readonly result: unknown;
    readonly http: HttpHead;
    readonly sent_at_ms: number;
    readonly duration_ms: number;
  }
  | {
    readonly kind: 'failed';
    readonly request: SentRequest;
    readonly failure: TransportFailure;
    /** When an HTTP reply came at all. */
    readonly http?: HttpHead;
    readonly sent_at_ms: number;
    readonly duration_ms: number;
  };

/** Why no tool result came. */
export interface TransportFailure {
  readonly code: TransportFailureCode;
  /** One line for people; may quote the seller (foreign text). */
  readonly message: string;
  /** The error object of JSON-RPC when `code` is `rpc_error`. */
  readonly rpc?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

export type TransportFailureCode =
  /** An address that the operator did not allow; nothing was sent. */
  | 'barred'
  /** Nobody listens at the address. */
  | 'refused'
  | 'unresolved_host' | 'tls' | 'unreachable'
  | 'timed_out'
  /** The connection ended before the reply did. */
  | 'closed'
  | 'too_large' | 'too_deep'
  /** A redirect that the judge does not follow. */
  | 'redirected'
  /** An HTTP status that carries no JSON-RPC message. */
  | 'http_status'
  /** A body that is no JSON. */
  | 'not_json'
  /** JSON that answers no request of ours. */
  | 'not_json_rpc'
  /** An agent card that leads nowhere. */
  | 'not_a2a'
  | 'rpc_error';

/** A refusal that the seller itself spoke, as opposed to silence or noise. */
export function isSpokenRefusal(failure: TransportFailure, http: HttpHead | undefined): boolean {
  return failure.code === 'rpc_error' || (failure.code === 'http_status' && http !== undefined && http.status >= 400 && http.status < 500);
}
