/** References to context that nothing fills: the request is never sent, or the check never holds. */
import { implicitKeys } from '../../judge/implicit-captures.ts';
import type { YamlNode } from '../../load/yaml-node.ts';
import { type LintFinding, type LintRule, nearest, quoted, wrong } from '../rule.ts';
import { type LintedStep, type LintedStoryboard, mapsOf } from '../suite.ts';
import { type TextNode, textOf, textsBelow } from '../texts.ts';

const WHOLE = /^\$context\.(\w+)$/;
const IN_EXPRESSION = /\bcontext\.(\w+)/g;

export const contextKeys: LintRule = ({ storyboards }) => storyboards.flatMap(keysOf);

function keysOf(linted: LintedStoryboard): readonly LintFinding[] {
  const filled = new Set(Object.keys(linted.storyboard.context));
  const later = new Set([...filled, ...linted.steps.flatMap((step) => [...capturedBy(step), ...generatedBy(step)])]);
  const entered = new Set<YamlNode>();
  return linted.steps.flatMap((step) => {
    const condition = entered.has(step.phaseNode) ? undefined : textOf(step.phaseNode, 'skip_if');
    entered.add(step.phaseNode);
    const conditions = condition === undefined ? []
      : [...condition.text.matchAll(IN_EXPRESSION)].map(([, key]) => ({ key: key!, at: condition.at }));
    const before = missing(conditions, filled, later);
    for (const key of generatedBy(step)) filled.add(key);
    // checks are graded before their own step's captures are kept
    const found = [...before, ...missing([...requestKeys(step), ...checkKeys(step)], filled, later)];
    for (const key of capturedBy(step)) filled.add(key);
    return found;
  });
}

interface Reference {
  readonly key: string;
  readonly at: YamlNode;
}

function missing(references: readonly Reference[], filled: ReadonlySet<string>, all: ReadonlySet<string>): readonly LintFinding[] {
  return references.filter(({ key }) => !filled.has(key)).map(({ key, at }) => {
    const near = nearest(key, [...filled]);
    return wrong('unknown_context_key', at,
      all.has(key) ? `context.${key} is captured only by this step or a later one` : `nothing captures context.${key}`,
      near.length > 0 && !all.has(key) ? `write ${near.join(' or ')}` : `capture ${quoted(key)} in an earlier step, with \`context_outputs\``);
  });
}

function requestKeys({ node }: LintedStep): readonly Reference[] {
  const inputs = mapsOf(node.member('context_inputs')).flatMap((input) => textOf(input, 'key') ?? []).map(({ text, at }) => ({ key: text, at }));
  return [...references(textsBelow(node.member('sample_request'))), ...inputs];
}

function checkKeys({ node }: LintedStep): readonly Reference[] {
  return mapsOf(node.member('validations')).flatMap((check) => [
    ...references([...textsBelow(check.member('value')), ...textsBelow(check.member('allowed_values'))]),
    ...(textOf(check, 'context_key') === undefined ? [] : [{ key: textOf(check, 'context_key')!.text, at: check.member('context_key')! }]),
  ]);
}

const references = (texts: readonly TextNode[]): readonly Reference[] =>
  texts.flatMap(({ text, at }) => (WHOLE.test(text) ? [{ key: WHOLE.exec(text)![1]!, at }] : []));

/** Values that are drawn before the step's request is built. */
const generatedBy = ({ step }: LintedStep): readonly string[] =>
  step.context_outputs.filter(({ kind }) => kind === 'generate').map(({ key }) => key);

/** What its answer leaves behind; a refusal leaves only what the author asks for. */
const capturedBy = ({ step }: LintedStep): readonly string[] => [
  ...step.context_outputs.filter(({ kind }) => kind === 'path').map(({ key }) => key),
  ...(step.expect_error ? [] : implicitKeys(step.task_default ?? step.task)),
];
