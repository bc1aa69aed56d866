import { type CheckFunction, failed, misauthored, PASSED } from './check.ts';

/** Passes when one of the flags was contributed by an earlier step. */
export const anyOf: CheckFunction = (authored, { contributions }) => {
  const { allowed_values: flags } = authored;
  if (!Array.isArray(flags) || flags.length === 0) return misauthored('the check', 'names no flags in allowed_values');
  if (flags.some((flag) => contributions.has(String(flag)))) return PASSED;
  return failed('contributions', 'hold none of the flags', { expected: flags, actual: [...contributions] });
};
