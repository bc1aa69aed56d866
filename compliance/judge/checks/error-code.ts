import { findErrorCode } from '../error-code.ts';
import { type CheckFunction, expectationOf, failed, PASSED } from './check.ts';

/** Passes when the reply carries the expected error code; without an expectation, any code. */
export const errorCode: CheckFunction = (authored, { data, outcome, errorText, task }) => {
  const found = findErrorCode(data, outcome, errorText);
  const expectation = expectationOf(authored);
  const wanted = expectation.kind === 'one_of'
    ? expectation.values.map(String)
    : expectation.kind === 'value' ? [String(expectation.value)]
    : undefined;
  const expected = expectation.kind === 'one_of' ? expectation.values : expectation.kind === 'value' ? expectation.value : 'any error code';
  if (found === undefined) return failed(task, 'carries no error code', { expected, actual: null });
  if (wanted === undefined ? found.origin === 'code' : wanted.includes(found.code)) return PASSED;
  return failed(
    'error code', found.origin === 'code' ? 'is another one' : 'is missing from the error',
    { json_pointer: found.pointer, expected, actual: found.code }
  );
};
