import type { Bundle } from '../load/bundle.ts';
import type { BundleSource } from '../load/bundle-source.ts';
import type { Problem } from '../problem.ts';
import { RULES_OF_ALL, RULES_OF_ONE } from './registry.ts';
import { lintSuite } from './suite.ts';

/** Loading goes on with these, for a bundle may be newer than the judge; whoever writes a file has to know. */
const SLIPS: ReadonlySet<string> = new Set(['unknown_check', 'unknown_member', 'unknown_task', 'merge_key', 'invalid_path']);

/**
 * Everything that is wrong or doubtful in a bundle: what the loader says of it, and what the rules find in the files that load.
 * In the order of files and places.
 * @param source where the bundle was opened from
 * @param isShown which files are asked about, by their path below the root; the others are there to be referred to
 */
export function lintBundle(bundle: Bundle, source: BundleSource, isShown: (path: string) => boolean = () => true): readonly Problem[] {
  const suite = lintSuite(bundle, source);
  const asked = { ...suite, storyboards: suite.storyboards.filter(({ file }) => isShown(file.path)) };
  const paths = [...bundle.files.map(({ path }) => path), ...bundle.kits.keys(), 'index.json'];
  const shown = new Set(paths.filter(isShown).map((path) => source.shown(path)));
  return inOrder([
    ...loadProblems(bundle), ...RULES_OF_ONE.flatMap((rule) => rule(asked)), ...RULES_OF_ALL.flatMap((rule) => rule(suite)),
  ].filter(({ location }) => shown.has(location.file)));
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
