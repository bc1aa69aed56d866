/** A promise that holds across the steps of a storyboard. Each is a fold over what the steps showed. */
import type { TaskOutcome } from '../task-outcome.ts';

/** One step that was sent, as invariants see it. */
export interface StepObservation {
  readonly step_id: string;
  readonly task: string;
  readonly passed: boolean;
  readonly expect_error: boolean;
  readonly request: unknown;
  readonly data: unknown;
  readonly outcome: TaskOutcome;
}

export interface Violation {
  readonly problem: string;
  readonly json_pointer?: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
}

/** What an invariant remembers. Observing a step gives the next state and, at most, one violation. */
export interface InvariantState {
  /** How many facts it looked at; 0 means that it had nothing to hold. */
  readonly observation_count: number;
  observe(step: StepObservation): Observed;
}

export interface Observed {
  readonly next: InvariantState;
  readonly violation?: Violation;
}

export interface Invariant {
  readonly id: string;
  /** `secrets`: credentials of the caller, at least 16 characters each. */
  begin(secrets: readonly string[]): InvariantState;
}

/** What one observation does to a state. `facts`: how many were looked at. */
export interface Reduction<S> {
  readonly memory: S;
  readonly facts: number;
  readonly violation?: Violation;
}

/** Makes a state out of a memory and the function that folds steps into it. */
export function remembering<S>(memory: S, reduce: (memory: S, step: StepObservation) => Reduction<S>, count = 0): InvariantState {
  return {
    observation_count: count,
    observe(step) {
      const { memory: next, facts, violation } = reduce(memory, step);
      return { next: remembering(next, reduce, count + facts), ...(violation !== undefined && { violation }) };
    },
  };
}
