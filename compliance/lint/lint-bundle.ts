import type { Bundle } from '../load/bundle.ts';
import type { BundleSource } from '../load/bundle-source.ts';
import type { Problem } from '../problem.ts';
import { RULES } from './registry.ts';
import { lintSuite } from './suite.ts';

/** Loading goes on with these, for a bundle may be newer than the judge; whoever writes a file has to know. */
const SLIPS: ReadonlySet<string> = new Set(['unknown_check', 'unknown_member', 'unknown_task', 'invalid_path']);

/**
 * Everything that is wrong or doubtful in a bundle: what the loader says of it, and what the rules find in the files that load.
 * In the order of files and places. `source` is where the bundle was opened from.
 */
export function lintBundle(bundle: Bundle, source: BundleSource): readonly Problem[] {
  const suite = lintSuite(bundle, source);
  return inOrder([...loadProblems(bundle), ...RULES.flatMap((rule) => rule(suite))]);
}

function loadProblems(bundle: Bundle): readonly Problem[] {
  const kits = [...bundle.kits.values()].flatMap((kit) => (kit.kind === 'broken' ? kit.problems : []));
  const storyboards = bundle.files.flatMap(({ reading }) => (
    reading.kind === 'broken' ? reading.problems : reading.kind === 'storyboard' ? reading.warnings : []
  ));
  return [...kits, ...storyboards].map((problem) => (SLIPS.has(problem.code) ? { ...problem, severity: 'error' as const } : problem));
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const distinct = new Map(problems.map((problem) => [JSON.stringify([problem.code, problem.message, placeOf(problem)]), problem]));
  return [...distinct.values()].sort((a, b) => compare(placeOf(a), placeOf(b)));
}

const placeOf = ({ location }: Problem): readonly [string, number, number] => [location.file, location.line, location.column];

const compare = (a: readonly [string, number, number], b: readonly [string, number, number]): number =>
  (a[0] === b[0] ? a[1] - b[1] || a[2] - b[2] : a[0] < b[0] ? -1 : 1);
