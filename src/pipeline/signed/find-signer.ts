/** Whose signature it is: the signer whose key made it, if any. */
import type { Principal } from '../../domain/caller.ts';
import type { SignatureNonce, Signer } from '../../domain/ports/signers.ts';
import { SKEW_SECONDS, type SignatureProfile } from '../../protocol/signatures/profile.ts';
import { faultOf, type SignatureFault, type Signed } from '../../protocol/signatures/verify.ts';
import { CredentialsUnavailable } from '../principals.ts';
import { NonceMemory } from './nonce-memory.ts';

export interface SignerMeans {
  readonly signers: readonly Signer[];
  /** Live nonces that one key may have. */
  readonly nonces_per_key: number;
  /** Keeps a nonce where other processes and the next start see it. @returns false when it is there already */
  readonly claimNonce: (nonce: SignatureNonce) => Promise<boolean>;
}

export type FoundSigner = { readonly kind: 'verified'; readonly signer: Signer } | { readonly kind: 'fault'; readonly fault: SignatureFault };

/**
 * Beside a key or a token only the signers of its principal count: a signature never makes a caller somebody else.
 * @throws CredentialsUnavailable when the keys of the one who may have signed cannot be had
 */
export function signerFinder({ signers, nonces_per_key, claimNonce }: SignerMeans, profile: SignatureProfile) {
  const memory = new NonceMemory(nonces_per_key);

  async function faultWith(signer: Signer, signed: Signed, now: Date): Promise<SignatureFault | 'unavailable' | undefined> {
    const { keyid, nonce, expires } = signed.params;
    const key = await signer.key(keyid);
    if (key === undefined || key === 'unavailable') return key ?? 'key_unknown';
    const { kids, stale } = await signer.revocations();
    const nonces = memory.of(signer.signer_id, now.getTime() / 1000);
    const fault = faultOf(signed, profile, { keys: [key], nonces, now, revoked: kids, revocation_stale: stale });
    if (fault !== undefined) return fault;
    const expires_at = new Date((expires + SKEW_SECONDS) * 1000).toISOString();
    return (await claimNonce({ signer_id: signer.signer_id, keyid, nonce, at: now.toISOString(), expires_at })) ? undefined : 'replayed';
  }

  return async (signed: Signed, bearer: Principal | undefined, now: Date): Promise<FoundSigner> => {
    const candidates = bearer === undefined ? signers : signers.filter(({ principal }) => principal.principal_id === bearer.principal_id);
    let first: SignatureFault | undefined;
    let unheard: Signer | undefined;
    for (const signer of candidates) {
      const fault = await faultWith(signer, signed, now);
      if (fault === undefined) return { kind: 'verified', signer };
      if (fault === 'unavailable') unheard ??= signer;
      else if (fault !== 'key_unknown') first ??= fault;
    }
    if (first === undefined && unheard !== undefined) throw new CredentialsUnavailable(`the keys of ${unheard.signer_id} cannot be had`);
    return { kind: 'fault', fault: first ?? 'key_unknown' };
  };
}
