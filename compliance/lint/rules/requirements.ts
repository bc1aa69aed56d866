/** Demands on the run that no run can meet: the storyboard or the step is skipped for ever. */
import { REQUIREMENTS } from '../requirement-names.ts';
import { type LintFinding, type LintRule, nearest, orElse, quoted, wrong } from '../rule.ts';
import { textOf, textsOf } from '../texts.ts';

export const requirements: LintRule = ({ storyboards, kits }) => {
  const contracts = kits.filter(({ kit }) => kit.kind === 'contract')
    .map(({ kit }) => kit.path.replace(/^.*\/|\.ya?ml$/g, '').replaceAll('-', '_'));
  return storyboards.flatMap(({ root, steps }) => [
    ...textsOf(root, 'requires').filter(({ text }) => !REQUIREMENTS.includes(text))
      .map(({ text, at }) => unmet(at, `no run offers ${quoted(text)}`, text, REQUIREMENTS)),
    ...steps.flatMap(({ node }) => textOf(node, 'requires_contract') ?? []).filter(({ text }) => !contracts.includes(text))
      .map(({ text, at }) => unmet(at, `no test kit of the bundle is the contract ${quoted(text)}`, text, contracts)),
  ]);
};

function unmet(at: Parameters<typeof wrong>[1], message: string, name: string, known: readonly string[]): LintFinding {
  const among = known.length === 0 ? 'the bundle\'s contracts' : known.join(', ');
  return wrong('unknown_requirement', at, message, orElse(nearest(name, known), `name one of ${among}`));
}
