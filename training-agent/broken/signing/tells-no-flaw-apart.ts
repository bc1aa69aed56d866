import { lying } from '../lying.ts';

/** Answers every flaw as the same one. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A refused signature is told what is wrong with it.',
  signatures: (honest) => ({
    async judge(call) {
      const ruling = await honest.judge(call);
      return ruling.kind === 'refused' ? { kind: 'refused', code: 'request_signature_invalid' } : ruling;
    },
  }),
});
