import { type CheckFunction, failed, isAbsent, PASSED, scalarTarget } from './check.ts';

/** Passes when something other than null stands at the path; false, 0, "", [] and {} are something. */
export const fieldPresent: CheckFunction = (authored, { data }) => {
  const target = scalarTarget(authored, data);
  if (target.kind === 'refused') return target.finding;
  if (!isAbsent(target.value)) return PASSED;
  return failed(target.path, 'is missing', { json_pointer: target.pointer, expected: target.path, actual: null });
};
