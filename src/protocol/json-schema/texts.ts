/** Keywords of texts, in the order in which they are looked at. */
import { type Check, type Place, plainRule, type Rule } from './check.ts';
import { Expression } from './expression.ts';
import { formatRule } from './formats.ts';

const length = (keyword: string, comparative: string, holds: (length: number, limit: number) => boolean): Rule<string> =>
  plainRule<string, number>(
    keyword, (limit) => (value) => holds(charactersOf(value), limit), (limit) => `must NOT have ${comparative} than ${limit} characters`,
    (limit) => ({ limit })
  );

export const TEXT_RULES: readonly Rule<string>[] = [
  length('maxLength', 'more', (characters, limit) => characters <= limit),
  length('minLength', 'fewer', (characters, limit) => characters >= limit),
  { keyword: 'pattern', make: pattern },
  formatRule('string'),
];

function pattern({ schema, path }: Place): Check<string> {
  const source = schema['pattern'] as string;
  const expression = new Expression(source);
  const complaint = { schema_path: `${path}/pattern`, keyword: 'pattern', message: `must match pattern "${source}"`, params: { pattern: source } };
  return (value, spot, findings) => expression.test(value, findings) || findings.add({ ...complaint, spot });
}

/** Code points: a pair of surrogates is one character. */
function charactersOf(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length - 1; at += 1)
    if (isHigh(text.charCodeAt(at)) && isLow(text.charCodeAt(at + 1))) {
      count -= 1;
      at += 1;
    }
  return count;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
