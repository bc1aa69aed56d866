import type { Location } from './location.ts';

/** Something wrong in a file, with its place and a way out. */
export interface Problem<Code extends string = string> {
  readonly code: Code;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** What the author can do about it. */
  readonly way_out: string;
  readonly location: Location;
}

/**
 * What can be wrong with a storyboard, a test kit or a bundle before anything runs.
 * `error` breaks the storyboard (it is not run); `warning` does not.
 */
export type LoadProblem = Problem<ProblemCode>;

export type ProblemCode =
  | 'unreadable_file' | 'yaml_syntax' | 'not_a_storyboard' | 'missing_field' | 'wrong_type' | 'conflicting_fields' | 'invalid_value'
  | 'invalid_path' | 'invalid_expression' | 'missing_request' | 'unknown_reference' | 'reference_cycle' | 'duplicate_id'
  | 'unknown_invariant' | 'unknown_test_kit' | 'invalid_test_kit'
  | 'unknown_check' | 'unknown_member' | 'unknown_task' | 'merge_key' | 'unresolved_scenario_reference';
