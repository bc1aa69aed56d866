import { lying } from '../lying.ts';

/** Takes all buyers for the same one. */
export const { promise, facade, openSandbox } = lying({
  promise: 'What a buyer does is nobody else\'s to see.',
  principals: (honest) => ({
    async principal(token, headers) {
      const known = await honest.principal(token, headers);
      return known && { ...known, principal_id: 'acme-outdoor' };
    },
  }),
});
