import { lying } from '../lying.ts';
import { mishears } from '../telling.ts';

/** Answers whatever version is asked for with its own. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A version that is not served is refused.',
  tells: mishears('every task', ({ adcp_version: _release, adcp_major_version: _major, ...request }) => request),
});
