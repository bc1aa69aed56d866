import { lying } from '../lying.ts';

/** Posts reports without the secret that the buyer gave. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A report is proven by the secret that the buyer gave.',
  webhooks: () => (attempt, deliver) => {
    const { 'x-adcp-signature': _mac, 'x-adcp-timestamp': _time, authorization: _bearer, ...headers } = attempt.headers;
    return deliver({ ...attempt, headers });
  },
});
