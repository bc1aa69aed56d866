import { type Difference, differences } from '../json/differences.ts';
import { escapeControls, quote } from './quote.ts';

/** Checks that want a value to be equal to another. */
const EQUATING: ReadonlySet<string> = new Set([
  'field_value', 'field_value_or_absent', 'field_equals_context', 'envelope_field_value', 'envelope_field_value_or_absent',
  'cross_response_field_equal',
]);
const MAX_SHOWN = 8;
const MAX_VALUE = 120;

/** Where an object or array differs from the one that a check wanted to be equal to it, one difference a line. */
export function differenceLines(check: string, { expected, actual }: { readonly expected?: unknown; readonly actual?: unknown }): readonly string[] {
  if (!EQUATING.has(check) || !isStructure(expected) || !isStructure(actual)) return [];
  const all = differences(expected, actual);
  const shown = all.slice(0, MAX_SHOWN).map((difference, i) => `${i === 0 ? 'differs ' : '        '}  ${sentence(difference)}`);
  return all.length > MAX_SHOWN ? [...shown, `          … and in ${all.length - MAX_SHOWN} more places`] : shown;
}

function sentence(difference: Difference): string {
  const at = difference.at === '' ? 'the root' : escapeControls(difference.at);
  switch (difference.kind) {
    case 'changed': return `${at} is ${quote(difference.actual, MAX_VALUE)}, expected ${quote(difference.expected, MAX_VALUE)}`;
    case 'missing': return `${at} is missing, expected ${quote(difference.expected, MAX_VALUE)}`;
    case 'extra': return `${at} is ${quote(difference.actual, MAX_VALUE)}, expected nothing`;
  }
}

const isStructure = (value: unknown): boolean => typeof value === 'object' && value !== null;
