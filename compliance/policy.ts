/**
 * How a run decides where the official runner departs from the contract that it implements. `authored` follows the contract: what the
 * storyboard says is sent, what the seller says is graded. `official` reproduces the official runner (its 13.x line, as AdCP's own
 * repository runs it), so that verdicts can be held against its own. One member for each departure; every one has a test both ways.
 */
export interface Policy {
  readonly name: PolicyName;
  /** What is sent: the storyboard's request, or one that the runner completes and partly replaces. */
  readonly requests: 'authored' | 'enriched';
  /** What is graded: the payload as it came, or one in which older names were brought up to date. */
  readonly replies: 'as_received' | 'rewritten';
  /** A request whose `$context.x` has no value: judged by who should have given it, or skipped whoever that was. */
  readonly unresolvedContext: 'by_producer' | 'skipped';
  /** The same in a step that expects an error. */
  readonly unresolvedInErrorSteps: 'not_sent' | 'sent_literally';
  /** Whether `$test_kit.x` in requests and `{{prior_step.s.f}}` with another field than `operation_id` are replaced. */
  readonly kitAndStepPlaceholders: 'replaced' | 'left';
  /** How long an alias of `$generate` means the same value. */
  readonly aliases: 'per_storyboard' | 'per_phase';
  /** Conditions of `skip_if`: in full, or `test_kit.x` and `!test_kit.x` alone; a phase with any other condition runs. */
  readonly skipConditions: 'full' | 'test_kit_only';
  /** The skip of a storyboard that requires a test controller which the seller lacks. */
  readonly missingController: 'requirement_unmet' | 'missing_test_controller';
  /** Whether an ordinary task whose kit contract is not in scope is left out. */
  readonly contractsOfTasks: 'honoured' | 'ignored';
  /** What a kit gives to conditions, placeholders and assets. */
  readonly kits: 'whole' | 'credentials_only';
  /** Whether a stateful step that was skipped for a prerequisite or a contract keeps dependent state from running. */
  readonly skippedState: 'trips' | 'ignored';
  /** What satisfies a step that expects an error: a refusal that the seller spoke, or any failure. */
  readonly expectedErrors: 'spoken' | 'any_failure';
  /** A step that sends a malformed request on purpose without expecting an error. */
  readonly malformedRequests: 'either_answer' | 'must_succeed';
  /** Fixtures when the controller lists no `seed_*` scenario at all. */
  readonly unlistedSeeds: 'tried' | 'unsupported';
  /** The name under which a capture fails whose task did not complete. */
  readonly completionFailures: 'unresolvable' | 'named';
  /** Whether `upstream_traffic` is graded at all. */
  readonly upstreamTraffic: 'graded' | 'never';
  /** Whether `field_contains` finds a scalar in an array without a wildcard. */
  readonly containment: 'elements' | 'whole_value';
  /** Which replies of get_products `canonical_format_satisfaction` knows. */
  readonly formatProducts: 'all_replies' | 'latest_reply';
  /** Assets that `$build_assets_from_format` gives: in the place of the object, or beside its other members. */
  readonly builtAssets: 'replace' | 'merge';
  /** A slot that no asset of the kit fills. */
  readonly unfillableSlots: 'fail' | 'skip';
  /** The entry of brand.json whose keys a seller's signatures are verified with. */
  readonly brandAgent: 'matching' | 'first_with_keys';
  /** Where an A2A task holds its AdCP payload. */
  readonly a2aPayload: 'last_data_part' | 'first_part';
  /** Whether a storyboard's own `default_agent` routes its steps. */
  readonly defaultAgent: 'honoured' | 'ignored';
  /** Whether a macro substitution is observed. */
  readonly substitutionObserver: 'used' | 'missing';
  /** Whether repeated webhooks are held to their signatures. */
  readonly retriedSignatures: 'verified' | 'ignored';
  /** Whether invariants tell conversations of sponsored intelligence apart, or take all of them for one. */
  readonly sessions: 'told_apart' | 'as_one';
  /** How notices are named. */
  readonly noticeCodes: 'canonical' | 'runner';
}

export type PolicyName = 'authored' | 'official';

export const AUTHORED: Policy = {
  name: 'authored', requests: 'authored', replies: 'as_received', unresolvedContext: 'by_producer', unresolvedInErrorSteps: 'not_sent',
  kitAndStepPlaceholders: 'replaced', aliases: 'per_storyboard', skipConditions: 'full', missingController: 'requirement_unmet',
  contractsOfTasks: 'honoured', kits: 'whole', skippedState: 'trips', expectedErrors: 'spoken', malformedRequests: 'either_answer',
  unlistedSeeds: 'tried', completionFailures: 'unresolvable', upstreamTraffic: 'graded', containment: 'elements',
  formatProducts: 'all_replies', builtAssets: 'replace',
  unfillableSlots: 'fail', brandAgent: 'matching', a2aPayload: 'last_data_part', defaultAgent: 'honoured', substitutionObserver: 'used',
  retriedSignatures: 'verified', sessions: 'told_apart', noticeCodes: 'canonical',
};

export const OFFICIAL: Policy = {
  name: 'official', requests: 'enriched', replies: 'rewritten', unresolvedContext: 'skipped', unresolvedInErrorSteps: 'sent_literally',
  kitAndStepPlaceholders: 'left', aliases: 'per_phase', skipConditions: 'test_kit_only', missingController: 'missing_test_controller',
  contractsOfTasks: 'ignored', kits: 'credentials_only', skippedState: 'ignored', expectedErrors: 'any_failure',
  malformedRequests: 'must_succeed', unlistedSeeds: 'unsupported', completionFailures: 'named', upstreamTraffic: 'never', containment: 'whole_value',
  formatProducts: 'latest_reply', builtAssets: 'merge', unfillableSlots: 'skip', brandAgent: 'first_with_keys', a2aPayload: 'first_part',
  defaultAgent: 'ignored', substitutionObserver: 'missing', retriedSignatures: 'ignored', sessions: 'as_one', noticeCodes: 'runner',
};

export const POLICIES: Readonly<Record<PolicyName, Policy>> = { authored: AUTHORED, official: OFFICIAL };
