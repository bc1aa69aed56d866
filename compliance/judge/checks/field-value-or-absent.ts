import { isObject } from '../../json/object.ts';
import { type CheckFunction, PASSED, scalarTarget } from './check.ts';
import { fieldValue } from './field-value.ts';

const TASK_STATUSES: ReadonlySet<unknown> = new Set([
  'completed', 'submitted', 'working', 'input-required', 'auth-required', 'failed', 'rejected', 'canceled',
]);

/** Passes when nothing stands at the path, or a value that `field_value` would accept. An explicit null is a value. */
export const fieldValueOrAbsent: CheckFunction = (authored, context) => {
  const target = scalarTarget(authored, context.data);
  if (target.kind === 'refused') return target.finding;
  if (target.value === undefined || isEnvelopeStatus(target.path, context.data)) return PASSED;
  return fieldValue(authored, context);
};

/** A media buy that reports its own status under `media_buy_status` has a task status at `status`, not a domain one. */
function isEnvelopeStatus(path: string, data: unknown): boolean {
  return path === 'status' && isObject(data) && data['media_buy_status'] !== undefined && TASK_STATUSES.has(data['status']);
}
