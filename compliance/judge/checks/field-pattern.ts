import { bounded } from './bounded.ts';
import { type CheckFunction, failed, misauthored, PASSED, scalarTarget } from './check.ts';

/** Ordinary patterns take microseconds. */
const MAX_MATCHING_MS = 1000;

/** Passes when the value is a text that the regular expression matches. */
export const fieldPattern: CheckFunction = (authored, { data, maxGradingMs = MAX_MATCHING_MS }) => {
  const target = scalarTarget(authored, data);
  if (target.kind === 'refused') return target.finding;
  const { pattern } = authored;
  if (typeof pattern !== 'string') return misauthored(target.path, 'is compared with nothing: the check has no pattern');
  const { value } = target;
  const details = { json_pointer: target.pointer, expected: { pattern }, actual: typeof value === 'string' ? value : null };
  if (typeof value !== 'string') return failed(target.path, value === undefined ? 'is missing' : 'is no text', details);
  let expression: RegExp;
  try {
    expression = new RegExp(pattern);
  } catch {
    return misauthored(target.path, 'is compared with a pattern that is no regular expression', details);
  }
  const matching = bounded(() => expression.test(value), maxGradingMs);
  if (matching.kind === 'endless') return misauthored(target.path, `cannot be compared: the pattern takes longer than ${maxGradingMs} ms`, details);
  return matching.value ? PASSED : failed(target.path, 'does not match the pattern', details);
};
