import { type CheckFunction, failed, PASSED } from './check.ts';

/** Passes when the task succeeded. */
export const statusCode: CheckFunction = (_authored, { task, outcome }) =>
  (outcome.kind === 'succeeded' ? PASSED : failed(task, `did not succeed: ${outcome.why}`, { expected: 'success', actual: 'failure' }));
