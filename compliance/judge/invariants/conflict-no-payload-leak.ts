import { isObject, own } from '../../json/object.ts';
import { findErrorCode } from '../error-code.ts';
import { type Invariant, type Reduction, remembering, type StepObservation } from './invariant.ts';

const ALLOWED: ReadonlySet<string> = new Set(['code', 'message', 'recovery', 'status', 'correlation_id', 'request_id', 'operation_id']);

/** An idempotency conflict tells nothing about the request that holds the key: it would let a stolen key read it. */
export const conflictNoPayloadLeak: Invariant = { id: 'idempotency.conflict_no_payload_leak', begin: () => remembering(undefined, reduce) };

function reduce(memory: undefined, step: StepObservation): Reduction<undefined> {
  if (findErrorCode(step.data, step.outcome, undefined)?.code !== 'IDEMPOTENCY_CONFLICT') return { memory, facts: 0 };
  const error = own(step.data, 'adcp_error');
  const leaked = isObject(error) ? Object.keys(error).filter((key) => !ALLOWED.has(key)) : [];
  if (leaked.length > 0)
    return { memory, facts: 1, violation: {
      problem: 'IDEMPOTENCY_CONFLICT carries more than its code and message', json_pointer: `/adcp_error/${leaked[0]}`,
      expected: [...ALLOWED], actual: { extra_members: leaked },
    } };
  const recovery = own(error, 'recovery');
  if (recovery === undefined || recovery === 'correctable') return { memory, facts: 1 };
  return {
    memory, facts: 1,
    violation: {
      problem: 'IDEMPOTENCY_CONFLICT names another recovery', json_pointer: '/adcp_error/recovery', expected: 'correctable',
      actual: recovery,
    },
  };
}
