import { own } from '../../json/object.ts';
import { forcedStatus } from './forced-status.ts';
import { type Invariant, type Reduction, remembering, type StepObservation } from './invariant.ts';
import { STATUS_GRAPHS, type StatusGraph } from './status-graphs.ts';
import { type StatusSighting, statusSightings } from './status-sightings.ts';

type Memory = ReadonlyMap<string, string>;

/**
 * A resource moves along the edges of its lifecycle only. An illegal move is forgotten: the earlier status stays. A status that
 * the judge forced is where the next move starts.
 */
export const statusMonotonic: Invariant = { id: 'status.monotonic', begin: () => remembering<Memory>(new Map(), reduce) };

function reduce(memory: Memory, step: StepObservation): Reduction<Memory> {
  if (!step.passed || step.expect_error || own(step.data, 'adcp_error') !== undefined || isReplay(step)) return { memory, facts: 0 };
  const forced = forcedStatus(step);
  if (forced !== undefined) return { memory: new Map(memory).set(`${forced.kind}:${forced.id}`, forced.status), facts: 0 };
  const seen = new Map(memory);
  let facts = 0;
  for (const sighting of statusSightings(step.task, step.data)) {
    facts += 1;
    const key = `${sighting.kind}:${sighting.id}`;
    const before = seen.get(key);
    if (!isLegal(sighting, before)) return { memory: seen, facts, violation: violationOf(sighting, before!) };
    seen.set(key, sighting.status);
  }
  return { memory: seen, facts };
}

/** The stored answer to an earlier request shows what was true then. */
const isReplay = (step: StepObservation): boolean => own(step.data, 'replayed') === true;

function isLegal({ kind, status }: StatusSighting, before: string | undefined): boolean {
  const graph: StatusGraph = STATUS_GRAPHS[kind];
  if (before === undefined || before === status || !Object.hasOwn(graph, before)) return true;
  return graph[before]!.includes(status);
}

function violationOf({ kind, id, status, pointer }: StatusSighting, before: string) {
  const graph: StatusGraph = STATUS_GRAPHS[kind];
  return {
    problem: `${kind} made a move that its lifecycle does not have`, json_pointer: pointer,
    expected: [before, ...graph[before]!], actual: { resource: kind, id, from: before, to: status },
  };
}
