import { findErrorCode } from '../error-code.ts';
import { type CheckFunction, failed, PASSED } from './check.ts';

/** Passes unless the replay of a throttled request is throttled again. */
export const replayNotCachedRateLimit: CheckFunction = (_authored, { data, outcome, errorText, task }) => {
  const found = findErrorCode(data, outcome, errorText);
  if (found?.code !== 'RATE_LIMITED') return PASSED;
  return failed(
    task, 'answered the replay with the cached rate limit (rate_limit_response_cached_as_replay)',
    { json_pointer: found.pointer, expected: 'no RATE_LIMITED', actual: found.code }
  );
};
