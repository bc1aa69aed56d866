import { type CheckFunction, failed, PASSED } from './check.ts';

/** Passes unless the HTTP status is 401 and the named header is missing or empty. */
export const on401RequireHeader: CheckFunction = (authored, { http }) => {
  const { value: name } = authored;
  if (typeof name !== 'string') return failed('the check', 'names no header in value');
  if (http === undefined) return failed('HTTP status', 'is unknown: no HTTP reply came', { expected: name, actual: null });
  if (http.status !== 401 || (http.headers[name.toLowerCase()] ?? '') !== '') return PASSED;
  return failed(`header ${name}`, 'is missing from the 401 reply', { expected: name, actual: null });
};
