import { lying } from '../lying.ts';

/** Bills an agent that only passes invoices on. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A caller is billed only as it was agreed with it.',
  principals: (honest) => ({
    async principal(token, headers) {
      const known = await honest.principal(token, headers);
      return known && { principal_id: known.principal_id, mode: known.mode };
    },
  }),
});
