import { type CheckFunction, failed, isAbsent, PASSED, scalarTarget } from './check.ts';

/** Passes when nothing, or null, stands at the path. */
export const fieldAbsent: CheckFunction = (authored, { data }) => {
  const target = scalarTarget(authored, data);
  if (target.kind === 'refused') return target.finding;
  if (isAbsent(target.value)) return PASSED;
  return failed(target.path, 'is present', { json_pointer: target.pointer, expected: null, actual: target.value });
};
