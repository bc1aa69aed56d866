/** AdCP's webhook-signing profile of RFC 9421 (seller specification §5.6), as data. */

export const WEBHOOK_TAG = 'adcp/webhook-signing/v1';

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

/** What a key may be for; the second is deprecated and still taken. */
export const KEY_PURPOSES: readonly string[] = ['request-signing', 'webhook-signing'];
