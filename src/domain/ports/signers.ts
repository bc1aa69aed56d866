import type { PublicJwk } from '../../protocol/signatures/keys.ts';
import type { Principal } from '../caller.ts';

/** Somebody whose signatures count: an agent of a principal, and the keys that it publishes. */
export interface Signer {
  /** Tells signers of one seller apart. */
  readonly signer_id: string;
  /** For whom it may call. */
  readonly principal: Principal;
  /** Whether its signature stands in the place of a key; otherwise it counts beside one only. */
  readonly signs_in: boolean;
  /** Its key of that name; undefined when it publishes none, `unavailable` when nobody can say now. */
  key(kid: string): Promise<PublicJwk | undefined | 'unavailable'>;
  /** The keys that it has taken back. */
  revocations(): Promise<Revocations>;
}

export interface Revocations {
  readonly kids: ReadonlySet<string>;
  /** They should have been heard of anew long ago: nobody can say which keys are good. */
  readonly stale: boolean;
}

/** The nonce of a signature that was good. */
export interface SignatureNonce {
  readonly signer_id: string;
  readonly keyid: string;
  readonly nonce: string;
  readonly at: string;
  /** From then on the signature is too old to be sent again. */
  readonly expires_at: string;
}
