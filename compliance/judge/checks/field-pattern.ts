import { Script } from 'node:vm';
import { type CheckFunction, failed, PASSED, scalarTarget } from './check.ts';

/** Patterns are foreign: one that is slow on purpose must not hold the run up. Ordinary ones take microseconds. */
const MAX_MATCHING_MS = 1000;
const MATCHING = new Script('new RegExp(pattern).test(text)');

/** Passes when the value is a text that the regular expression matches. */
export const fieldPattern: CheckFunction = (authored, { data }) => {
  const target = scalarTarget(authored, data);
  if (target.kind === 'refused') return target.finding;
  const { pattern } = authored;
  if (typeof pattern !== 'string') return failed(target.path, 'is compared with nothing: the check has no pattern');
  const { value } = target;
  const details = { json_pointer: target.pointer, expected: { pattern }, actual: typeof value === 'string' ? value : null };
  if (typeof value !== 'string') return failed(target.path, value === undefined ? 'is missing' : 'is no text', details);
  switch (match(pattern, value)) {
    case 'match': return PASSED;
    case 'different': return failed(target.path, 'does not match the pattern', details);
    case 'unreadable': return failed(target.path, 'is compared with a pattern that is no regular expression', details);
    case 'endless': return failed(target.path, `cannot be compared: the pattern takes longer than ${MAX_MATCHING_MS} ms`, details);
  }
};

/** Only a script can be stopped in the middle of an expression. */
function match(pattern: string, text: string): 'match' | 'different' | 'unreadable' | 'endless' {
  try {
    return MATCHING.runInNewContext({ pattern, text }, { timeout: MAX_MATCHING_MS }) === true ? 'match' : 'different';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? 'endless' : 'unreadable';
  }
}
