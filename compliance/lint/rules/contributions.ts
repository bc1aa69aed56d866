/** Flags that nobody asks for or nobody can raise, and sets of alternatives that are none. */
import { ASSERT_CONTRIBUTION } from '../../pseudo-tasks.ts';
import { doubtful, type LintFinding, type LintRule, nearest, orElse, quoted, wrong } from '../rule.ts';
import { type LintedStep, type LintedStoryboard, mapsOf } from '../suite.ts';
import { type TextNode, textsOf } from '../texts.ts';

export const contributions: LintRule = ({ storyboards }) =>
  storyboards.flatMap((each) => [...orphans(each), ...unfed(each), ...incompleteSets(each)]);

function orphans({ steps }: LintedStoryboard): readonly LintFinding[] {
  return steps.flatMap(({ step, node }, at) => {
    const flag = step.contributes_to;
    if (flag === undefined || steps.slice(at + 1).some((later) => asked(later).some(({ text }) => text === flag))) return [];
    return [wrong('orphan_contribution', node.member('contributes_to') ?? node.member('contributes') ?? node,
      `no later step asserts the contribution ${quoted(flag)}`, `add a step with \`task: ${ASSERT_CONTRIBUTION}\` and an \`any_of\` check of it`)];
  });
}

function unfed({ steps }: LintedStoryboard): readonly LintFinding[] {
  return steps.flatMap((asking, at) => asked(asking).flatMap((flag) => {
    const raised = steps.slice(0, at).flatMap(({ step }) => step.contributes_to ?? []);
    if (raised.includes(flag.text)) return [];
    const near = nearest(flag.text, raised);
    return [wrong('unfed_contribution', flag.at, `no earlier step contributes ${quoted(flag.text)}`,
      orElse(near, `let a step say \`contributes_to: ${flag.text}\``))];
  }));
}

/** The flags that a step asks for. */
function asked({ step, node }: LintedStep): readonly TextNode[] {
  if (step.task !== ASSERT_CONTRIBUTION) return [];
  return mapsOf(node.member('validations')).filter((check) => check.member('check')?.value === 'any_of')
    .flatMap((check) => textsOf(check, 'allowed_values'));
}

function incompleteSets({ storyboard, steps, root }: LintedStoryboard): readonly LintFinding[] {
  const nodes = mapsOf(root.member('phases'));
  return storyboard.phases.flatMap((phase, at) => {
    const set = phase.branch_set;
    if (set === undefined) return [];
    const place = nodes[at]?.member('branch_set') ?? root;
    const alone = storyboard.phases.every((each) => each === phase || each.branch_set !== set);
    const silent = !steps.some((each) => each.phase === phase && each.step.contributes_to === set);
    return [
      ...(alone ? [doubtful('incomplete_branch_set', place,
        `the branch set ${quoted(set)} has this phase only`, 'add the alternative, or take the phase out of the set')] : []),
      ...(silent ? [wrong('incomplete_branch_set', place,
        `no step of the phase contributes to its branch set ${quoted(set)}`, 'let its decisive step say `contributes: true`')] : []),
    ];
  });
}
