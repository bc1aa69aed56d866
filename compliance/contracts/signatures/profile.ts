/** What AdCP asks of a signature, on requests and on webhooks. */
export interface SignatureProfile {
  /** Beginning of its refusal codes: `request_signature_`. */
  readonly prefix: 'request_signature_' | 'webhook_signature_';
  readonly tag: string;
  /** Values of a key's `adcp_use` that may sign so. */
  readonly purposes: readonly string[];
  /** Whether the body's digest has to be covered. */
  readonly digest: 'required' | 'forbidden' | 'either';
}

export const WEBHOOK_PROFILE: SignatureProfile = {
  prefix: 'webhook_signature_', tag: 'adcp/webhook-signing/v1', purposes: ['request-signing', 'webhook-signing'], digest: 'required',
};

export function requestProfile(digest: SignatureProfile['digest']): SignatureProfile {
  return { prefix: 'request_signature_', tag: 'adcp/request-signing/v1', purposes: ['request-signing'], digest };
}

/** Longest time between creation and expiry. */
export const MAX_WINDOW_SECONDS = 300;
/** How far the two sides' clocks may be apart. */
export const CLOCK_SKEW_SECONDS = 60;
export const LABEL = 'sig1';
