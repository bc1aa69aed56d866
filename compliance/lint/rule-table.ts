/** The rules of `lint` and of the loader, each with what it finds. Messages, `--list-rules` and `--rule` go by these ids. */
import type { ProblemCode } from '../problem.ts';

/** What the loader holds every file to, whoever loads it. */
export const LOADER_RULES: Readonly<Record<ProblemCode, string>> = {
  unreadable_file: 'a file that cannot be read, or is larger than 4 MiB',
  yaml_syntax: 'text that is no YAML, or that repeats a key of a map',
  not_a_storyboard: 'a file below protocols/ or specialisms/ that holds no storyboard',
  missing_field: 'a required member that is not there',
  wrong_type: 'a member of another type than it should have',
  conflicting_fields: 'members that exclude each other, or need one another',
  invalid_value: 'a member with a value that it cannot have',
  invalid_path: 'a path that cannot be read, or has a wildcard where one place is needed',
  invalid_expression: 'a `skip_if` that cannot be read, or looks where there is nothing',
  missing_request: 'a step that changes state and has nothing to send',
  unknown_reference: '`depends_on` or `provides_state_for` that names no fitting phase or step',
  reference_cycle: 'substitutes or required scenarios that lead back to themselves',
  duplicate_id: 'an id that stands twice: storyboards, phases, steps, captures, checks, kits',
  unknown_invariant: 'an invariant that the judge does not have',
  invalid_test_kit: 'a test kit that cannot be used as it is',
  unknown_test_kit: 'a test kit that is not in the bundle',
  unresolved_scenario_reference: 'a required scenario that is not in the bundle',
  unknown_check: 'a kind of check that the judge does not have: it grades nothing',
  unknown_member: 'a member that no storyboard has: it does nothing',
  merge_key: '`<<`, which YAML 1.2 does not merge: it is a member of that name, and what it names is not there',
  unknown_task: 'a task that neither AdCP nor the schemas of the bundle know',
};

/** What only `lint` looks at: what loads and runs, and is hardly what its author means. */
export const LINT_RULES = {
  unknown_error_code: 'an error code that AdCP does not have',
  unknown_path: 'a check or a capture at a place that no answer of the task has',
  impossible_value: 'an expected value that no conforming answer has at its place',
  unknown_schema: 'a reference to a schema that the bundle does not bring',
  unknown_arm: 'an expected arm that the response schema does not have',
  invalid_request: 'a request that its own schema refuses, and that is not marked so',
  unknown_capability: 'a gate on a capability, or a value of one, that no seller can declare',
  unknown_context_key: 'a reference to context that nothing fills before it is needed',
  unknown_step: 'a reference to a step that is not there, or has not run by then',
  orphan_contribution: 'a contribution that no later step asserts',
  unfed_contribution: 'an asserted contribution that no earlier step makes',
  incomplete_branch_set: 'a branch set of one phase, or a phase of one that never contributes',
  unknown_requirement: 'a demand on the run, or a contract of a kit, that there is not',
  out_of_range: 'a count, a time or a status outside what a runner takes',
  expired_advisory: 'an advisory check that is required by now',
  invalid_fixture: 'a fixture that cannot be seeded, or that nobody seeds',
  unknown_file: 'an index that names what is not in the bundle',
  literal_credential: 'a credential in the text',
  broken_pagination: 'a page that cannot be turned',
  contradiction: 'the same request in the same state with answers that exclude each other',
  idle_member: 'a member that does nothing where it stands',
  valid_request: 'a request that is marked as malformed, and is not',
} as const satisfies Readonly<Record<string, string>>;

export type LintCode = keyof typeof LINT_RULES;
export type RuleId = LintCode | ProblemCode;

/** Every rule by its id, in the order of the alphabet. */
export const RULE_TABLE: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...LOADER_RULES, ...LINT_RULES }).toSorted(([a], [b]) => (a < b ? -1 : 1))
);
