import { jsonContains } from '../../json/equality.ts';
import { hitsAt, pointerOf } from '../../json/path.ts';
import { authoredPath, type CheckFunction, expectationOf, failed, misauthored, PASSED } from './check.ts';

/**
 * Passes when a value that the path leads to has everything that the expected value names. The one kind of field check
 * that takes wildcards. A path without one may also lead to an array that has the expected scalar or object as an item.
 */
export const fieldContains: CheckFunction = (authored, { data, policy }) => {
  const parsed = authoredPath(authored);
  if (parsed.kind === 'refused') return parsed.finding;
  const expectation = expectationOf(authored);
  if (expectation.kind === 'none') return misauthored(parsed.path, 'is compared with nothing: the check has neither value nor allowed_values');
  const wanted = expectation.kind === 'one_of' ? expectation.values : [expectation.value];
  const values = hitsAt(data, parsed.segments).map((hit) => hit.value);
  if (values.some((value) => wanted.some((each) => matches(value, each, policy.containment === 'elements')))) return PASSED;
  return failed(parsed.path, values.length === 0 ? 'is missing' : 'does not contain what is expected', {
    json_pointer: pointerOf(parsed.segments), expected: expectation.kind === 'one_of' ? expectation.values : expectation.value, actual: values,
  });
};

function matches(value: unknown, wanted: unknown, itemsCount: boolean): boolean {
  if (jsonContains(value, wanted)) return true;
  return itemsCount && Array.isArray(value) && !Array.isArray(wanted) && value.some((item) => jsonContains(item, wanted));
}
