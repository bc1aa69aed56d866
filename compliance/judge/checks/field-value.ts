import { jsonEquals } from '../../json/equality.ts';
import { type CheckFunction, expectationOf, failed, misauthored, PASSED, scalarTarget } from './check.ts';

/** Passes when the value at the path equals the expected one, or one of the allowed ones. No type is converted. */
export const fieldValue: CheckFunction = (authored, { data }) => {
  const target = scalarTarget(authored, data);
  if (target.kind === 'refused') return target.finding;
  const expectation = expectationOf(authored);
  if (expectation.kind === 'none') return misauthored(target.path, 'is compared with nothing: the check has neither value nor allowed_values');
  const wanted = expectation.kind === 'one_of' ? expectation.values : [expectation.value];
  if (wanted.some((value) => jsonEquals(target.value, value))) return PASSED;
  return failed(target.path, target.value === undefined ? 'is missing' : 'has another value', {
    json_pointer: target.pointer, expected: expectation.kind === 'one_of' ? expectation.values : expectation.value,
    actual: target.value ?? null,
  });
};
