/** Where two JSON documents differ, in the order of the expected one. */
import { jsonEquals } from './equality.ts';
import { isObject } from './object.ts';

/** `at`: a JSON pointer within the documents, "" for their roots. */
export type Difference =
  | { readonly kind: 'changed'; readonly at: string; readonly expected: unknown; readonly actual: unknown }
  | { readonly kind: 'missing'; readonly at: string; readonly expected: unknown }
  | { readonly kind: 'extra'; readonly at: string; readonly actual: unknown };

export function differences(expected: unknown, actual: unknown): readonly Difference[] {
  return below(expected, actual, '');
}

function below(expected: unknown, actual: unknown, at: string): readonly Difference[] {
  if (jsonEquals(expected, actual)) return [];
  if (Array.isArray(expected) && Array.isArray(actual)) return items(expected, actual, at);
  if (!isObject(expected) || !isObject(actual)) return [{ kind: 'changed', at, expected, actual }];
  const inner = (key: string): string => `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return [
    ...Object.entries(expected).flatMap(([key, value]): readonly Difference[] => (
      Object.hasOwn(actual, key) ? below(value, actual[key], inner(key)) : [{ kind: 'missing', at: inner(key), expected: value }]
    )),
    ...Object.entries(actual).flatMap(([key, value]): readonly Difference[] => (
      Object.hasOwn(expected, key) ? [] : [{ kind: 'extra', at: inner(key), actual: value }]
    )),
  ];
}

/** What both begin and end with is set aside, so that one item more or less is one difference. Missing items stand where they belong. */
function items(expected: readonly unknown[], actual: readonly unknown[], at: string): readonly Difference[] {
  const shorter = Math.min(expected.length, actual.length);
  let start = 0;
  while (start < shorter && jsonEquals(expected[start], actual[start])) start += 1;
  let end = 0;
  while (end < shorter - start && jsonEquals(expected.at(-1 - end), actual.at(-1 - end))) end += 1;
  const [wanted, given] = [expected.slice(start, expected.length - end), actual.slice(start, actual.length - end)];
  return Array.from({ length: Math.max(wanted.length, given.length) }, (_, i): readonly Difference[] => {
    const place = `${at}/${start + i}`;
    if (i >= given.length) return [{ kind: 'missing', at: place, expected: wanted[i] }];
    return i >= wanted.length ? [{ kind: 'extra', at: place, actual: given[i] }] : below(wanted[i], given[i], place);
  }).flat();
}
