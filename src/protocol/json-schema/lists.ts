/** Keywords of lists, in the order in which they are looked at. */
import { type Check, type Place, plainRule, type Rule, type Schema } from './check.ts';
import { isOfType, typesOf } from './data-type.ts';
import { deepEqual } from './deep-equal.ts';

type List = readonly unknown[];

const length = (keyword: string, comparative: string, holds: (length: number, limit: number) => boolean): Rule<List> =>
  plainRule<List, number>(
    keyword, (limit) => (value) => holds(value.length, limit), (limit) => `must NOT have ${comparative} than ${limit} items`, (limit) => ({ limit })
  );

export const LIST_RULES: readonly Rule<List>[] = [
  length('maxItems', 'more', (count, limit) => count <= limit),
  length('minItems', 'fewer', (count, limit) => count >= limit),
  { keyword: 'additionalItems', make: additionalItems },
  { keyword: 'items', make: items },
  { keyword: 'contains', make: contains },
  { keyword: 'uniqueItems', make: uniqueItems },
];

/** Means something only where `items` is a list of schemas. */
function additionalItems(place: Place): Check<List> | undefined {
  const { items: tuple, additionalItems: more } = place.schema;
  if (!Array.isArray(tuple)) return undefined;
  if (more === false) {
    const limit = tuple.length;
    const complaint = {
      schema_path: `${place.path}/additionalItems`, keyword: 'additionalItems', message: `must NOT have more than ${limit} items`, params: { limit },
    };
    return (list, spot, findings) => list.length <= limit || findings.add({ ...complaint, spot });
  }
  const check = place.part(more as Schema, 'additionalItems');
  return eachFrom(tuple.length, check);
}

function items(place: Place): Check<List> {
  const { items: schema } = place.schema;
  if (!Array.isArray(schema)) return eachFrom(0, place.part(schema as Schema, 'items'));
  const checks = schema.map((each: Schema, at) => place.part(each, 'items', at));
  return (list, spot, findings) => {
    let holds = true;
    for (let at = 0; at < checks.length && at < list.length; at += 1)
      holds = checks[at]!(list[at], { name: at, within: spot }, findings) && holds;
    return holds;
  };
}

function eachFrom(first: number, check: Check): Check<List> {
  return (list, spot, findings) => {
    let holds = true;
    for (let at = first; at < list.length; at += 1) holds = check(list[at], { name: at, within: spot }, findings) && holds;
    return holds;
  };
}

function contains(place: Place): Check<List> {
  const check = place.part(place.schema['contains'] as Schema, 'contains');
  const complaint = {
    schema_path: `${place.path}/contains`, keyword: 'contains', message: 'must contain at least 1 valid item(s)', params: { minContains: 1 },
  };
  return (list, spot, findings) => {
    const before = findings.count;
    for (let at = 0; at < list.length; at += 1)
      if (check(list[at], { name: at, within: spot }, findings)) {
        findings.forget(before);
        return true;
      }
    return findings.add({ ...complaint, spot });
  };
}

function uniqueItems(place: Place): Check<List> | undefined {
  if (place.schema['uniqueItems'] !== true) return undefined;
  const of = place.schema['items'];
  const types = typeof of === 'object' && of !== null && !Array.isArray(of) ? typesOf(of as Readonly<Record<string, unknown>>) : [];
  const isSimple = types.length > 0 && !types.some((type) => type === 'object' || type === 'array');
  const twins = isSimple ? (list: List) => simpleTwins(list.map((item) => (types.some((type) => isOfType(item, type)) ? item : undefined))) : anyTwins;
  return (list, spot, findings) => {
    findings.spend(isSimple ? list.length : list.length ** 2);
    const found = list.length > 1 ? twins(list) : undefined;
    if (found === undefined) return true;
    const [i, j] = found;
    return findings.add({
      spot, schema_path: `${place.path}/uniqueItems`, keyword: 'uniqueItems',
      message: `must NOT have duplicate items (items ## ${j} and ${i} are identical)`, params: { i, j },
    });
  };
}

/** The last two items that are the same, the later one first. */
function anyTwins(list: List): readonly [number, number] | undefined {
  for (let i = list.length - 1; i > 0; i -= 1)
    for (let j = i - 1; j >= 0; j -= 1)
      if (deepEqual(list[i], list[j])) return [i, j];
  return undefined;
}

/** The same for texts, numbers, booleans and null, the earlier one first; undefined stands for items that are not looked at. */
function simpleTwins(list: List): readonly [number, number] | undefined {
  const seen = new Map<unknown, number>();
  for (let i = list.length - 1; i >= 0; i -= 1) {
    const item = list[i];
    const later = item === undefined ? undefined : seen.get(item);
    if (later !== undefined) return [i, later];
    seen.set(item, i);
  }
  return undefined;
}
