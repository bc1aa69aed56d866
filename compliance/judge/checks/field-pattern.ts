import { type CheckFunction, failed, PASSED, scalarTarget } from './check.ts';

/** Longest text that a storyboard's pattern is run over: patterns are foreign and may be slow on purpose. */
const MAX_TEXT = 4096;

/** Passes when the value is a text that the regular expression matches. */
export const fieldPattern: CheckFunction = (authored, { data }) => {
  const target = scalarTarget(authored, data);
  if (target.kind === 'refused') return target.finding;
  const { pattern } = authored;
  if (typeof pattern !== 'string') return failed(target.path, 'is compared with nothing: the check has no pattern');
  const details = { json_pointer: target.pointer, expected: { pattern }, actual: typeof target.value === 'string' ? target.value : null };
  let expression: RegExp;
  try {
    expression = new RegExp(pattern);
  } catch {
    return failed(target.path, 'is compared with a pattern that is no regular expression', details);
  }
  if (typeof target.value !== 'string') return failed(target.path, target.value === undefined ? 'is missing' : 'is no text', details);
  return expression.test(target.value.slice(0, MAX_TEXT)) ? PASSED : failed(target.path, 'does not match the pattern', details);
};
