import { lying } from '../lying.ts';

/** Lets a buyer who pays play with delivery. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The test controller refuses callers that are not in a sandbox.',
  tells: () => (call, honest) =>
    honest(call.task === 'comply_test_controller' && call.principal
      ? { ...call, principal: { ...call.principal, mode: 'sandbox' } } : call),
});
