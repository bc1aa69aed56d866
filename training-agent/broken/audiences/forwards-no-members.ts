import { lying } from '../lying.ts';

/** Keeps the members of an audience to itself. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Members that are acknowledged are forwarded to the platform.',
  platform: (honest) => ({ ...honest, planAudience: () => [] }),
});
