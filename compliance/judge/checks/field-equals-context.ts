import { jsonEquals } from '../../json/equality.ts';
import { type CheckFunction, failed, misauthored, PASSED, passedWith, scalarTarget } from './check.ts';

/** Passes when the value equals what the context map holds under `context_key`; when it holds nothing, there is nothing to compare. */
export const fieldEqualsContext: CheckFunction = (authored, { data, accumulator }) => {
  const target = scalarTarget(authored, data);
  if (target.kind === 'refused') return target.finding;
  const { context_key: key } = authored;
  if (typeof key !== 'string') return misauthored(target.path, 'is compared with nothing: the check has no context_key');
  if (!Object.hasOwn(accumulator, key)) return passedWith([`context_key_absent: the context holds no ${key}`]);
  const expected = accumulator[key];
  if (jsonEquals(target.value, expected)) return PASSED;
  return failed(target.path, 'differs from the value seen before', { json_pointer: target.pointer, expected, actual: target.value ?? null });
};
