import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { excuses } from '../telling.ts';

/** Tells in refusals where in its files it stumbled. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A refusal tells nothing of how the seller is built.',
  tells: excuses('every task', (error) => ({ ...error, details: { ...(error['details'] as JsonObject | undefined), stack: new Error('refused').stack } })),
});
