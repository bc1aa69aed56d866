/** Keywords of numbers, in the order in which they are looked at. */
import { plainRule, type Rule } from './check.ts';
import { formatRule } from './formats.ts';

const limit = (keyword: string, sign: string, holds: (value: number, bound: number) => boolean): Rule<number> =>
  plainRule<number, number>(keyword, (bound) => (value) => holds(value, bound), (bound) => `must be ${sign} ${bound}`, (bound) => ({ comparison: sign, limit: bound }));

export const NUMBER_RULES: readonly Rule<number>[] = [
  limit('maximum', '<=', (value, bound) => value <= bound),
  limit('minimum', '>=', (value, bound) => value >= bound),
  limit('exclusiveMaximum', '<', (value, bound) => value < bound),
  limit('exclusiveMinimum', '>', (value, bound) => value > bound),
  plainRule<number, number>(
    'multipleOf', (factor) => (value) => isWhole(value / factor), (factor) => `must be multiple of ${factor}`, (factor) => ({ multipleOf: factor })
  ),
  formatRule('number'),
];

/** As far as a number is written out: 1e21 and more are not. */
const isWhole = (quotient: number): boolean => quotient === Number.parseInt(String(quotient), 10);
