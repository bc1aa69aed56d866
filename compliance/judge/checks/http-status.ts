import { jsonEquals } from '../../json/equality.ts';
import { type CheckFunction, expectationOf, failed, PASSED } from './check.ts';

/** Passes when the HTTP reply has the expected status (`value`), or one of the allowed (`allowed_values`). */
export const httpStatus: CheckFunction = (authored, { http }) => {
  const expectation = expectationOf(authored);
  if (expectation.kind === 'none') return failed('HTTP status', 'is compared with nothing: the check has neither value nor allowed_values');
  const expected = expectation.kind === 'one_of' ? expectation.values : expectation.value;
  if (http === undefined) return failed('HTTP status', 'is unknown: no HTTP reply came', { expected, actual: null });
  const wanted = expectation.kind === 'one_of' ? expectation.values : [expectation.value];
  return wanted.some((each) => jsonEquals(each, http.status))
    ? PASSED
    : failed('HTTP status', 'is another one', { expected, actual: http.status });
};
