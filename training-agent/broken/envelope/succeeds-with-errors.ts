import { lying } from '../lying.ts';
import { WRITES, retells } from '../telling.ts';

/** Does what it was asked, and complains all the same. */
export const { promise, facade, openSandbox } = lying({
  promise: 'What was done is answered without errors.',
  tells: retells(WRITES, (document) =>
    ({ ...document, errors: [{ code: 'SERVICE_UNAVAILABLE', message: 'the platform was slow', recovery: 'transient' }] })),
});
