/** Judges the signatures of calls: whether one is asked for, whether it is good, and whom it speaks for. */
import type { Clock } from '../../domain/ports/clock.ts';
import type { Signer } from '../../domain/ports/signers.ts';
import { postureOf, type Posture, type SigningPolicy } from '../../domain/request-signing.ts';
import { requestProfile } from '../../protocol/signatures/profile.ts';
import { readSigned, type Received, type SignatureFault } from '../../protocol/signatures/verify.ts';
import { FailureRate } from './failure-rate.ts';
import { signerFinder, type SignerMeans } from './find-signer.ts';
import type { Ruling, SignableCall, SignatureGuard } from './ruling.ts';

/** What came of one call that was signed, or should have been, for those who watch. */
export interface SignatureJudged {
  readonly outcome: 'verified' | SignatureFault | 'too_many_failures';
  /** `warned`: whatever came of it, the call went on. */
  readonly posture: Exclude<Posture, 'ignored'>;
  readonly operations: readonly string[];
  readonly keyid?: string;
  readonly principal_id?: string;
}

export interface GuardMeans extends SignerMeans {
  readonly policy: SigningPolicy;
  readonly clock: Clock;
  readonly judged?: (what: SignatureJudged) => void;
}

/** Faults that made somebody work: a key was looked for, or cryptography done. */
const COSTLY: readonly SignatureFault[] = ['key_unknown', 'key_revoked', 'invalid', 'digest_mismatch', 'replayed'];

export function signatureGuard(means: GuardMeans): SignatureGuard {
  const { policy, clock } = means;
  const profile = requestProfile(policy.covers_content_digest);
  const signerOf = signerFinder(means, profile);
  const failures = new FailureRate();

  const opened = (call: SignableCall, posture: Exclude<Posture, 'ignored'>) => {
    const tell = (outcome: SignatureJudged['outcome'], keyid?: string, signer?: Signer): void => {
      const principal_id = (signer?.principal ?? call.bearer)?.principal_id;
      means.judged?.({
        outcome, posture, operations: call.operations.map(({ name }) => name), ...(keyid === undefined ? {} : { keyid }), ...(principal_id === undefined ? {} : { principal_id }),
      });
    };
    const unless = (ruling: Ruling): Ruling => (posture === 'warned' ? { kind: 'taken' } : ruling);
    return {
      tell,
      refused(fault: SignatureFault, keyid?: string): Ruling {
        tell(fault, keyid);
        return unless({ kind: 'refused', code: `request_signature_${fault}` });
      },
      tooMany(retry_after: number, keyid: string): Ruling {
        tell('too_many_failures', keyid);
        return unless({ kind: 'too_many_failures', retry_after });
      },
    };
  };

  return {
    async judge(call) {
      const posture = postureOf(policy, call.operations);
      if (posture === 'ignored') return { kind: 'taken' };
      const { tell, refused, tooMany } = opened(call, posture);
      if (!isSigned(call)) return posture === 'supported' ? { kind: 'taken' } : refused('required');
      const now = clock.now();
      const signed = readSigned(receivedOf(call), profile, now);
      if (typeof signed === 'string') return refused(signed);

      const { keyid } = signed.params;
      // Who has a key of their own is counted by it; others by where they come from.
      const who = JSON.stringify([call.bearer ? 'principal' : 'peer', call.bearer?.principal_id ?? call.peer, keyid]);
      const retry_after = failures.wait(who, now.getTime());
      if (retry_after > 0) return tooMany(retry_after, keyid);
      const found = await signerOf(signed, call.bearer, now);
      if (found.kind === 'fault') {
        if (COSTLY.includes(found.fault)) failures.failed(who, now.getTime());
        return refused(found.fault, keyid);
      }
      tell('verified', keyid, found.signer);
      return { kind: 'taken', ...(found.signer.signs_in ? { principal: found.signer.principal } : {}) };
    },
  };
}

const isSigned = ({ headers }: SignableCall): boolean => headers['signature'] !== undefined || headers['signature-input'] !== undefined;

/** One value as it is, several as a list, which the verifier refuses. */
function receivedOf({ method, url, headers, body }: SignableCall): Received {
  return { method, url, body, headers: Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values?.length === 1 ? values[0] : values])) };
}
