/** Keywords of texts, in the order in which they are looked at. */
import { type Rule, plainRule } from './check.ts';
import { formatRule } from './formats.ts';

const length = (keyword: string, comparative: string, holds: (length: number, limit: number) => boolean): Rule<string> =>
  plainRule<string, number>(
    keyword, (limit) => (value) => holds(charactersOf(value), limit), (limit) => `must NOT have ${comparative} than ${limit} characters`,
    (limit) => ({ limit })
  );

export const TEXT_RULES: readonly Rule<string>[] = [
  length('maxLength', 'more', (characters, limit) => characters <= limit),
  length('minLength', 'fewer', (characters, limit) => characters >= limit),
  plainRule<string, string>('pattern', (pattern) => {
    const expression = new RegExp(pattern, 'u');
    return (value) => expression.test(value);
  }, (pattern) => `must match pattern "${pattern}"`, (pattern) => ({ pattern })),
  formatRule('string'),
];

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
