/** Verifies the signature of every delivery of a storyboard once, in the order of arrival, so that a nonce used twice shows anywhere. */
import type { ProbeFault } from '../../execute/probes/probe.ts';
import { isRevoked, type Jwk } from '../signatures/jwk.ts';
import { NonceStore } from '../signatures/nonce-store.ts';
import type { SignatureProfile } from '../signatures/profile.ts';
import { WEBHOOK_PROFILE } from '../signatures/profile.ts';
import { faultCode, type SignatureFault, type Verification, verifySignature } from '../signatures/verify.ts';
import type { Delivery } from './delivery.ts';
import { faultOf, type WebhookFault } from './judge-deliveries.ts';

/** The names of the contract for what a verifier finds; whatever is not listed is `signature_invalid`. */
const NAMES: Readonly<Partial<Record<SignatureFault, string>>> = {
  window_invalid: 'signature_expired', key_unknown: 'signature_key_unknown', key_purpose_invalid: 'signature_key_purpose_invalid',
  digest_mismatch: 'signature_digest_mismatch', tag_invalid: 'signature_tag_invalid', replayed: 'signature_replayed',
};

export class DeliveryVerifier {
  readonly #known = new Map<Delivery, Verification>();
  readonly #nonces = new NonceStore();
  readonly #keys: readonly Jwk[];
  readonly #profile: SignatureProfile;

  constructor(keys: readonly Jwk[], tag: string) {
    this.#keys = keys;
    this.#profile = { ...WEBHOOK_PROFILE, tag };
  }

  /** What is wrong with the signature of a delivery, undefined when nothing is. `all` are the deliveries so far. */
  faultIn(delivery: Delivery, all: readonly Delivery[]): WebhookFault | undefined {
    for (const each of all) if (!this.#known.has(each)) this.#known.set(each, this.#verify(each));
    const result = this.#known.get(delivery);
    switch (result?.kind) {
      case undefined: case 'verified': return undefined;
      case 'unsigned':
        return faultOf('signature_invalid', delivery, 'the webhook', 'is not signed', {
          expected: 'a signature (RFC 9421)', actual: faultCode(this.#profile, 'required'),
        });
      case 'refused':
        return faultOf(NAMES[result.fault] ?? 'signature_invalid', delivery, 'the webhook\'s signature', `is refused: ${result.detail}`, {
          expected: 'verified', actual: faultCode(this.#profile, result.fault),
        });
    }
  }

  #verify({ message, at_ms: at }: Delivery): Verification {
    const revoked = new Set(this.#keys.filter(isRevoked).map(({ kid }) => String(kid)));
    return verifySignature(message, this.#profile, { keys: this.#keys, revoked, revocationStale: false, nonces: this.#nonces }, at / 1000);
  }
}

/** The fault of a webhook that cannot be verified because its sender publishes no keys. */
export function unpublishedFault(delivery: Delivery, { code, subject, problem }: ProbeFault): WebhookFault {
  return faultOf('signature_key_unknown', delivery, 'the webhook\'s signature', `cannot be verified: ${subject} ${problem}`, {
    expected: 'the sender\'s keys, published', actual: code,
  });
}
