import { jsonEquals } from '../../json/equality.ts';
import { type CheckContext, type CheckFunction, expectationOf, failed, isAbsent, misauthored, PASSED, scalarTarget } from './check.ts';

const NOT_DISPATCHED = { kind: 'not_applicable', note: 'the step was not dispatched in parallel' } as const;

/** Passes when at least two copies succeeded and all of them have the same value at `path`; one that lacks it differs. */
export const crossResponseFieldEqual: CheckFunction = (authored, { fanOut }) => {
  if (fanOut === undefined) return NOT_DISPATCHED;
  const target = scalarTarget(authored, undefined);
  if (target.kind === 'refused') return target.finding;
  const { path, pointer } = target;
  const values = valuesAt(authored, fanOut);
  const details = { json_pointer: pointer, expected: { path }, actual: { observed_values: values.map((value) => value ?? null) } };
  if (values.length < 2) return failed(path, `cannot be compared: ${values.length} of the copies succeeded`, details);
  return values.every((value) => value !== undefined && jsonEquals(value, values[0]))
    ? PASSED
    : failed(path, 'differs between the copies', details);
};

/** Passes when the number of distinct values at `path`, absent ones aside, is one of `allowed_values`. */
export const crossResponseCountDistinct: CheckFunction = (authored, { fanOut }) => {
  if (fanOut === undefined) return NOT_DISPATCHED;
  const target = scalarTarget(authored, undefined);
  if (target.kind === 'refused') return target.finding;
  const { path, pointer } = target;
  const expectation = expectationOf(authored);
  if (expectation.kind === 'none') return misauthored(path, 'is counted and compared with nothing: the check has neither value nor allowed_values');
  const allowed = expectation.kind === 'one_of' ? expectation.values : [expectation.value];
  const present = valuesAt(authored, fanOut).filter((value) => !isAbsent(value));
  const distinct = present.filter((value, i) => present.findIndex((other) => jsonEquals(other, value)) === i);
  return allowed.includes(distinct.length) ? PASSED : failed(path, `has ${distinct.length} distinct values over the copies`, {
    json_pointer: pointer, expected: { path, allowed_values: allowed }, actual: { observed_cardinality: distinct.length, observed_values: distinct },
  });
};

function valuesAt(authored: Parameters<CheckFunction>[0], fanOut: NonNullable<CheckContext['fanOut']>): readonly unknown[] {
  return fanOut.map((data) => {
    const target = scalarTarget(authored, data);
    return target.kind === 'value' ? target.value : undefined;
  });
}
