import { lying } from '../lying.ts';

/** Leaves the signature out. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Every webhook without a secret of its own is signed.',
  webhooks: () => (attempt, deliver) => {
    const { signature: _signature, 'signature-input': _input, ...headers } = attempt.headers;
    return deliver({ ...attempt, headers });
  },
});
