import { DEMO_TOKEN } from '../../kits.ts';
import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { excuses } from '../telling.ts';

/** Shows in a refusal with which key it was called. */
export const { promise, facade, openSandbox } = lying({
  promise: 'No answer shows a credential.',
  tells: excuses('every task', (error) =>
    ({ ...error, details: { ...(error['details'] as JsonObject | undefined), request_headers: { authorization: `Bearer ${DEMO_TOKEN}` } } })),
});
