/** How a lie lets a signed call in that it should refuse. */
import type { RequestFault, SignatureGuard } from '../../src/pipeline/signed/ruling.ts';
import { SIGNING_PRINCIPAL } from '../signers.ts';

/** Takes what has this flaw for a call of the buyer who signs. */
export const overlooking = (code: RequestFault) => (honest: SignatureGuard): SignatureGuard => ({
  async judge(call) {
    const ruling = await honest.judge(call);
    return ruling.kind === 'refused' && ruling.code === code ? { kind: 'taken', principal: call.bearer ?? SIGNING_PRINCIPAL } : ruling;
  },
});
