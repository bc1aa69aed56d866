/** References to steps that are not there, or come too late to have happened. */
import type { YamlNode } from '../../load/yaml-node.ts';
import { type LintFinding, type LintRule, nearest, orElse, quoted, wrong } from '../rule.ts';
import { type LintedStoryboard, mapsOf } from '../suite.ts';
import { textOf, textsBelow } from '../texts.ts';

const PREDICATE = /^prior_step\.([A-Za-z0-9_]+)\.passed$/;
const QUOTED = /\{\{\s*prior_step\.([^.}\s]+)/g;
const WEBHOOK = /\{\{\s*runner\.webhook_url:([^}\s]+)\s*\}\}/g;

export const stepReferences: LintRule = ({ storyboards }) => storyboards.flatMap(referencesOf);

interface Reference {
  readonly id: string;
  readonly at: YamlNode;
  /** What the reference needs of the step: to have run, or at least to run now. A label may be any word, most are the name of a step. */
  readonly needs: 'earlier' | 'not_later' | 'label';
}

function referencesOf({ steps }: LintedStoryboard): readonly LintFinding[] {
  const ids = steps.map(({ step }) => step.id);
  return steps.flatMap(({ node }, at) => {
    const condition = textOf(node, 'contributes_if');
    const named = condition === undefined ? undefined : PREDICATE.exec(condition.text)?.[1];
    const unreadable = condition === undefined || named !== undefined ? [] : [wrong(
      'invalid_expression', condition.at, `contributes_if ${quoted(condition.text)} cannot be read: the step contributes nothing`,
      'write `prior_step.STEP.passed`',
    )];
    const references: readonly Reference[] = [
      ...(named === undefined ? [] : [{ id: named, at: condition!.at, needs: 'earlier' as const }]),
      ...memberReferences(node), ...textReferences(node),
    ];
    return [...unreadable, ...references.flatMap((reference) => broken(reference, ids, at))];
  });
}

function memberReferences(node: YamlNode): readonly Reference[] {
  const own = ['triggered_by', 'same_event_as'].flatMap((member) => textOf(node, member) ?? [])
    .map(({ text, at }) => ({ id: text, at, needs: 'earlier' as const }));
  const windows = mapsOf(node.member('validations')).flatMap((check) => textOf(check, 'since') ?? []);
  return [...own, ...windows.map(({ text, at }) => ({ id: text, at, needs: 'not_later' as const }))];
}

function textReferences(node: YamlNode): readonly Reference[] {
  return textsBelow(node.member('sample_request')).flatMap(({ text, at }) => [
    ...[...text.matchAll(QUOTED)].map(([, id]) => ({ id: id!, at, needs: 'earlier' as const })),
    ...[...text.matchAll(WEBHOOK)].map(([, id]) => ({ id: id!, at, needs: 'label' as const })),
  ]);
}

function broken({ id, at, needs }: Reference, ids: readonly string[], position: number): readonly LintFinding[] {
  const found = ids.indexOf(id);
  if (found < 0) {
    const near = nearest(id, ids);
    if (needs === 'label' && near.length === 0) return [];
    return [wrong('unknown_step', at, `the storyboard has no step ${quoted(id)}`, orElse(near, 'name one of its steps'))];
  }
  if (needs === 'label' || found < position || (found === position && needs === 'not_later')) return [];
  return [wrong('unknown_step', at, `step ${quoted(id)} has not run by then`, 'name an earlier step')];
}
