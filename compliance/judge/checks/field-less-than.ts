import { type CheckFunction, failed, misauthored, PASSED, passedWith, scalarTarget } from './check.ts';

/** Passes when the value is a number strictly below `value`, or below what the context map holds under `context_key`. */
export const fieldLessThan: CheckFunction = (authored, { data, accumulator }) => {
  const target = scalarTarget(authored, data);
  if (target.kind === 'refused') return target.finding;
  const { context_key: key } = authored;
  if (typeof key === 'string' && !Object.hasOwn(accumulator, key)) return passedWith([`context_key_absent: the context holds no ${key}`]);
  const bound = typeof key === 'string' ? accumulator[key] : authored['value'];
  const details = { json_pointer: target.pointer, expected: bound ?? null, actual: target.value ?? null };
  if (!isNumber(bound)) return misauthored(target.path, 'is compared with something that is no number', details);
  if (!isNumber(target.value)) return failed(target.path, target.value === undefined ? 'is missing' : 'is no number', details);
  return target.value < bound ? PASSED : failed(target.path, 'is not below the bound', details);
};

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
