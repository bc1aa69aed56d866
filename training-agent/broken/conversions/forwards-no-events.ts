import { lying } from '../lying.ts';

/** Keeps the events to itself. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Conversion events that are acknowledged are forwarded to the platform.',
  platform: (honest) => ({ ...honest, planConversions: () => [] }),
});
