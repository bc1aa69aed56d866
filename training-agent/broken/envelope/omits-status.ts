import { lying } from '../lying.ts';
import { retells } from '../telling.ts';

/** Leaves it to the caller to find out how a call went. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Every answer says its status.',
  tells: retells('every task', ({ status: _omitted, ...rest }) => rest),
});
