/** Rules that no file can break alone: ids, test kits and scenario references across a bundle. */
import type { LoadProblem } from '../problem.ts';
import type { Storyboard } from '../storyboard.ts';
import type { ReadStoryboard } from './read-storyboard.ts';
import type { ReadKit } from './test-kit.ts';

/**
 * Holds readings to the rules across files. A storyboard that breaks one comes back broken; a scenario reference that
 * resolves to nothing is a warning only (bundles are published in parts).
 */
export function crossCheck(readings: readonly ReadStoryboard[], kits: ReadonlyMap<string, ReadKit>): readonly ReadStoryboard[] {
  const storyboards = readings.flatMap((reading) => (reading.kind === 'storyboard' ? [reading.storyboard] : []));
  const known = new Map<string, Storyboard>();
  for (const storyboard of storyboards) if (!known.has(storyboard.id)) known.set(storyboard.id, storyboard);
  const ids = new Set([
    ...known.keys(), ...readings.flatMap((reading) => (reading.kind === 'broken' && reading.id !== undefined ? [reading.id] : [])),
  ]);
  return readings.map((reading) => {
    if (reading.kind !== 'storyboard') return reading;
    const { storyboard } = reading;
    const problems = [
      ...repeated(storyboard, known), ...kitProblems(storyboard, kits), ...circle(storyboard, known), ...unresolved(storyboard, ids),
    ];
    if (problems.every((problem) => problem.severity === 'warning')) return { ...reading, warnings: [...reading.warnings, ...problems] };
    return { kind: 'broken', id: storyboard.id, file: storyboard.location.file, problems: [...reading.warnings, ...problems] };
  });
}

function repeated(storyboard: Storyboard, known: ReadonlyMap<string, Storyboard>): LoadProblem[] {
  const first = known.get(storyboard.id)!;
  if (first === storyboard) return [];
  return [{
    code: 'duplicate_id', severity: 'error', message: `storyboard ${JSON.stringify(storyboard.id)} stands already in ${first.location.file}`,
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

function circle(storyboard: Storyboard, known: ReadonlyMap<string, Storyboard>): LoadProblem[] {
  const visited = new Set<string>();
  const walk = (id: string, path: readonly string[]): readonly string[] | undefined => {
    if (id === storyboard.id && path.length > 0) return [...path, id];
    if (visited.has(id)) return undefined;
    visited.add(id);
    return (known.get(id)?.requires_scenarios ?? []).map((next) => walk(next.id, [...path, id])).find((found) => found !== undefined);
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
