/** AdCP's profiles of RFC 9421, for webhooks (seller specification §5.6) and for requests, as data. */

export const WEBHOOK_TAG = 'adcp/webhook-signing/v1';

export const REQUEST_TAG = 'adcp/request-signing/v1';

/** The name of the one signature that counts. */
export const LABEL = 'sig1';

/** What a signature must cover, in the order in which we sign. */
export const COVERED = ['@method', '@target-uri', '@authority', 'content-type', 'content-digest'] as const;

export const ALGORITHMS = ['ed25519', 'ecdsa-p256-sha256'] as const;
export type SigningAlgorithm = (typeof ALGORITHMS)[number];

/** A signature is valid for no longer. */
export const MAX_WINDOW_SECONDS = 300;

/** How far two clocks may be apart. */
export const SKEW_SECONDS = 60;

export const DIGEST_POLICIES = ['required', 'forbidden', 'either'] as const;
/** Whether a signature has to cover the digest of the body. */
export type DigestPolicy = (typeof DIGEST_POLICIES)[number];

/** What a verifier asks of a signature. */
export interface SignatureProfile {
  /** How the codes of its refusals begin. */
  readonly prefix: 'webhook_signature_' | 'request_signature_';
  readonly tag: string;
  /** What a key may be for. */
  readonly purposes: readonly string[];
  readonly digest: DigestPolicy;
}

/** The second purpose is deprecated and still taken. */
export const WEBHOOK_PROFILE = {
  prefix: 'webhook_signature_', tag: WEBHOOK_TAG, purposes: ['request-signing', 'webhook-signing'], digest: 'required',
} as const satisfies SignatureProfile;

export const requestProfile = (digest: DigestPolicy) =>
  ({ prefix: 'request_signature_', tag: REQUEST_TAG, purposes: ['request-signing'], digest }) as const satisfies SignatureProfile;
