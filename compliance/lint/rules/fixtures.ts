/** Fixtures that cannot be seeded, or that nobody seeds. */
import { seedCalls } from '../../execute/fixtures.ts';
import { isObject } from '../../json/object.ts';
import { FIXTURE_KINDS } from '../../load/members.ts';
import { doubtful, type LintFinding, type LintRule, wrong } from '../rule.ts';
import { type LintedStoryboard, mapsOf } from '../suite.ts';

export const fixtures: LintRule = ({ storyboards }) => storyboards.flatMap((each) => [...incomplete(each), ...idle(each)]);

function incomplete({ root }: LintedStoryboard): readonly LintFinding[] {
  return FIXTURE_KINDS.flatMap((kind) => mapsOf(root.member('fixtures')?.member(kind)).flatMap((entry) => {
    const missing = isObject(entry.value) ? seedCalls({ [kind]: [entry.value] }).find((call) => call.kind === 'missing_id') : undefined;
    return missing === undefined ? []
      : [wrong('invalid_fixture', entry, `the fixture has no ${missing.missing}, and cannot be seeded`, `add \`${missing.missing}:\``)];
  }));
}

function idle({ root, storyboard }: LintedStoryboard): readonly LintFinding[] {
  const at = root.member('fixtures');
  if (storyboard.controller_seeding || at === undefined || Object.values(storyboard.fixtures).every((entries) => entries.length === 0)) return [];
  return [doubtful('invalid_fixture', at, 'nobody seeds these fixtures', 'say `controller_seeding: true` under `prerequisites`, or remove them')];
}
