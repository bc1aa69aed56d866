/** Ids that stand twice where one would do: a reference then means either. */
import type { YamlNode } from '../../load/yaml-node.ts';
import { doubtful, type LintFinding, type LintRule, quoted, wrong } from '../rule.ts';
import { type LintedStoryboard, mapsOf } from '../suite.ts';
import { textOf } from '../texts.ts';

export const duplicates: LintRule = ({ storyboards, kits }) => [
  ...storyboards.flatMap(ofStoryboard),
  ...repeated(kits.map(({ kit, root }) => ({ id: kit.id, at: root.member('id') ?? root })))
    .map(({ id, at }) => wrong('duplicate_id', at, `test kit ${quoted(id)} stands twice in the bundle`, 'give each kit an id of its own')),
];

function ofStoryboard({ steps }: LintedStoryboard): readonly LintFinding[] {
  const phases = new Map<YamlNode, Set<string>>();
  const elsewhere = steps.flatMap(({ step, node, phaseNode }) => {
    const others = [...phases].some(([phase, ids]) => phase !== phaseNode && ids.has(step.id));
    phases.set(phaseNode, (phases.get(phaseNode) ?? new Set()).add(step.id));
    return others ? [{ id: step.id, at: node.member('id') ?? node }] : [];
  });
  return [
    ...elsewhere.map(({ id, at }) => doubtful(
      'duplicate_id', at, `step ${quoted(id)} stands in another phase, too: whoever refers to it means either`, 'rename one of them',
    )),
    ...steps.flatMap(({ node }) => repeated(idsOf(node.member('validations'), 'id')))
      .map(({ id, at }) => wrong('duplicate_id', at, `check ${quoted(id)} stands twice in its step`, 'rename one of them')),
    ...steps.flatMap(({ node }) => repeated([...idsOf(node.member('context_outputs'), 'name'), ...idsOf(node.member('context_outputs'), 'key')]))
      .map(({ id, at }) => wrong('duplicate_id', at, `context.${id} is captured twice in one step`, 'rename one of them')),
  ];
}

interface Named {
  readonly id: string;
  readonly at: YamlNode;
}

const idsOf = (list: YamlNode | undefined, member: string): readonly Named[] =>
  mapsOf(list).flatMap((each) => textOf(each, member) ?? []).map(({ text, at }) => ({ id: text, at }));

/** All but the first of each id. */
const repeated = (named: readonly Named[]): readonly Named[] => named.filter(({ id }, at) => named.findIndex((each) => each.id === id) < at);
