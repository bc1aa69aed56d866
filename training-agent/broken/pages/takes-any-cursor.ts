import { lying } from '../lying.ts';
import { errorOf, withoutValueAt } from '../retelling.ts';

/** Begins anew when it does not know a cursor. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A cursor that the seller did not give is refused.',
  tells: () => async (call, honest) => {
    const answer = await honest(call);
    return errorOf(answer)?.['field'] === 'pagination.cursor'
      ? honest({ ...call, request: withoutValueAt(call.request, 'pagination.cursor') }) : answer;
  },
});
