import { expect, test } from 'vitest';
import { parseSkipExpression, skips } from './skip-expression.ts';

const scope = {
  test_kit: { auth: { api_key: 'k' }, flag: false, relation: 'passthrough_only' },
  context: { on: true, off: false, n: 2, a: 'x', b: 'x', none: null },
};
const evaluate = (text: string) => {
  const parsed = parseSkipExpression(text);
  if (parsed.kind === 'malformed') throw new Error(parsed.problem);
  return skips(parsed.expression, scope);
};

test.each([
  ['!test_kit.auth.basic', true], ['!test_kit.auth.api_key', false], ['test_kit.flag', false], ['test_kit.auth.api_key', true],
  ["test_kit.relation != 'passthrough_only'", false], ['test_kit.missing != "x"', true], ['context.off != false', false],
  ['context.on != true || !context.missing', true], ['context.on != true || !context.a', false], ['context.a == context.b', true],
  ['!context.z || context.a == context.b', true], ['context.on && context.off', false], ['context.n == 2', true],
  ['context.none == null', true],
  ['context.off || context.on && context.n == 3', false], ['context.missing == null', false], ['agent.mode', false],
  ["agent.mode == 'x'", false],
])('%s is %s', (text, expected) => {
  expect(evaluate(text)).toBe(expected);
});

test.each([
  ['', 'is empty'], ['true', 'no reference'], ['!true', 'no reference'], ['context.a = 1', 'cannot be read'], ['context.a == other', 'neither'],
  ['context.a ==', 'compares'], ['context.a || ', 'empty term'], ['(context.a)', 'cannot be read'],
])('refuses %j', (text, problem) => {
  expect(parseSkipExpression(text)).toMatchObject({ kind: 'malformed', problem: expect.stringContaining(problem) });
});

test('names the roots that hold no values', () => {
  expect(parseSkipExpression("agent.mode == 'x' || !context.a")).toMatchObject({ kind: 'expression', unknownRoots: ['agent'] });
});
