/** Rules that no file can break alone: ids, test kits and scenario references across a bundle. */
import type { LoadProblem } from '../problem.ts';
import type { Storyboard } from '../storyboard.ts';
import type { ReadStoryboard } from './read-storyboard.ts';
import type { ReadKit } from './test-kit.ts';

/** What a file has to know of the others in its bundle. */
export interface Neighbours {
  readonly kits: ReadonlyMap<string, ReadKit>;
  /** Ids of all storyboards, broken ones included. */
  readonly ids: ReadonlySet<string>;
  /** The file in which an id stands first. */
  firstWith(id: string): { readonly path: string; readonly shown: string } | undefined;
  /** The scenarios that a storyboard requires. */
  scenariosOf(id: string): readonly string[];
}

/**
 * Holds a reading to the rules across files. A storyboard that breaks one comes back broken; a scenario reference that
 * resolves to nothing is a warning only (bundles are published in parts).
 */
export function crossCheck(reading: ReadStoryboard, path: string, neighbours: Neighbours): ReadStoryboard {
  if (reading.kind !== 'storyboard') return reading;
  const { storyboard } = reading;
  const problems = [
    ...repeated(storyboard, path, neighbours), ...kitProblems(storyboard, neighbours.kits), ...circle(storyboard, neighbours),
    ...unresolved(storyboard, neighbours.ids),
  ];
  if (problems.every((problem) => problem.severity === 'warning')) return { ...reading, warnings: [...reading.warnings, ...problems] };
  return { kind: 'broken', id: storyboard.id, file: storyboard.location.file, problems: [...reading.warnings, ...problems] };
}

function repeated(storyboard: Storyboard, path: string, neighbours: Neighbours): LoadProblem[] {
  const first = neighbours.firstWith(storyboard.id);
  if (first === undefined || first.path === path) return [];
  return [{
    code: 'duplicate_id', severity: 'error', message: `storyboard ${JSON.stringify(storyboard.id)} stands already in ${first.shown}`,
    way_out: 'give each storyboard an id of its own', location: storyboard.location,
  }];
}

function kitProblems(storyboard: Storyboard, kits: ReadonlyMap<string, ReadKit>): LoadProblem[] {
  const reference = storyboard.test_kit;
  if (reference === undefined) return [];
  const kit = kits.get(reference.path);
  if (kit?.kind === 'kit') return [];
  const [code, what] = kit === undefined ? ['unknown_test_kit', 'does not exist'] as const : ['invalid_test_kit', 'is broken'] as const;
  const first = kit === undefined ? undefined : kit.problems[0];
  return [{
    code, severity: 'error', message: `test kit ${JSON.stringify(reference.path)} ${what}${first === undefined ? '' : `: ${first.message}`}`,
    way_out: kit === undefined ? 'name a file below the bundle\'s test-kits folder' : `correct ${first!.location.file}:${first!.location.line}`,
    location: reference.location,
  }];
}

function circle(storyboard: Storyboard, neighbours: Neighbours): LoadProblem[] {
  const visited = new Set<string>();
  const walk = (id: string, path: readonly string[]): readonly string[] | undefined => {
    if (id === storyboard.id && path.length > 0) return [...path, id];
    if (visited.has(id)) return undefined;
    visited.add(id);
    return neighbours.scenariosOf(id).map((next) => walk(next, [...path, id])).find((found) => found !== undefined);
  };
  const found = walk(storyboard.id, []);
  if (found === undefined) return [];
  const at = storyboard.requires_scenarios.find((reference) => reference.id === found[1]);
  return [{
    code: 'reference_cycle', severity: 'error', message: `requires_scenarios runs in a circle: ${found.join(' -> ')}`,
    way_out: 'remove one of the references', location: (at ?? storyboard).location,
  }];
}

function unresolved(storyboard: Storyboard, ids: ReadonlySet<string>): LoadProblem[] {
  return storyboard.requires_scenarios.filter((reference) => !ids.has(reference.id)).map((reference) => ({
    code: 'unresolved_scenario_reference', severity: 'warning', message: `no storyboard ${JSON.stringify(reference.id)} in this bundle`,
    way_out: 'add it, correct the id, or take a bundle that has it', location: reference.location,
  }));
}
