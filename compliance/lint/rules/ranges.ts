/** Numbers outside what a runner takes: the step fails as misconfigured, whatever the seller does. */
import type { YamlNode } from '../../load/yaml-node.ts';
import { type LintFinding, type LintRule, quoted, wrong } from '../rule.ts';
import { mapsOf } from '../suite.ts';

interface Range {
  /** Where the number stands below the step or the check. */
  readonly path: readonly string[];
  readonly least: number;
  readonly most: number;
}

const OF_STEP: readonly Range[] = [
  { path: ['parallel_dispatch', 'count'], least: 2, most: 10 },
  { path: ['parallel_dispatch', 'barrier_timeout_ms'], least: 1, most: 600_000 },
  { path: ['rate_limit_trip', 'max_attempts'], least: 50, most: 500 },
  { path: ['rate_limit_trip', 'replay_max_wait_seconds'], least: 0, most: 600 },
  { path: ['timeout_seconds'], least: 1, most: 300 },
  { path: ['expect_min_deliveries'], least: 1, most: 100 },
  { path: ['expect_max_deliveries_per_logical_event'], least: 1, most: 100 },
];
const OF_CHECK: readonly Range[] = [{ path: ['min_count'], least: 0, most: Number.MAX_SAFE_INTEGER }];

export const ranges: LintRule = ({ storyboards }) => storyboards.flatMap(({ steps }) => steps).flatMap(({ node }) => [
  ...OF_STEP.flatMap((range) => outside(node, range)),
  ...mapsOf(node.member('validations')).flatMap((check) => OF_CHECK.flatMap((range) => outside(check, range))),
]);

function outside(node: YamlNode, { path, least, most }: Range): readonly LintFinding[] {
  const at = path.reduce<YamlNode | undefined>((inner, name) => inner?.member(name), node);
  const value = at?.value;
  if (at === undefined || (Number.isInteger(value) && Number(value) >= least && Number(value) <= most)) return [];
  const bounds = most === Number.MAX_SAFE_INTEGER ? `a whole number from ${least}` : `a whole number from ${least} to ${most}`;
  return [wrong('out_of_range', at, `${path.join('.')} is ${quoted(value)}`, `write ${bounds}`)];
}
