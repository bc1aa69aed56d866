import { KNOWN_INVARIANTS } from '../../judge/invariants/registry.ts';
import { ADCP_TASKS } from '../../judge/success-evidence.ts';
import { MUTATING } from '../../load/mutating-tasks.ts';
import { PSEUDO_TASKS } from '../../pseudo-tasks.ts';
import {
  any, anyMap, either, flag, formed, has, is, listOf, map, mostly, name, not, ONE_PLACE, oneOrMore, oneText, type Schema, text, when, whole,
} from './words.ts';

const PREDICATE = '^prior_step\\.[A-Za-z0-9_]+\\.passed$';

const kindOf = (properties: Readonly<Record<string, Schema>>): Schema => ({ type: 'object', required: Object.keys(properties), properties });

const credential: Schema = {
  description: 'How the step authenticates, when not as the run does. Never a literal credential.',
  anyOf: [
    { const: 'none' },
    kindOf({ type: { enum: ['api_key', 'basic'] }, value_strategy: { const: 'random_invalid' } }),
    kindOf({ type: { const: 'oauth_bearer' }, value_strategy: { const: 'random_invalid_jwt' } }),
    kindOf({ type: { const: 'api_key' }, from_test_kit: { anyOf: [{ const: true }, { type: 'string' }] } }),
    kindOf({ type: { const: 'basic' }, from_test_kit: { type: 'string' } }),
  ],
};

const output: Schema = map({
  name: name('Name under which later steps find the value: `$context.NAME`.'), key: name('The same, as older files call it.'),
  path: formed(ONE_PLACE, 'Place of the value in the answer; `task_completion.` before it waits for a task to end.'),
  generate: oneText(['uuid_v4', 'opaque_id'], 'Draw a value instead, before the step\'s request is built.'),
}, [], [any(has('name'), has('key')), either(has('path'), has('generate'))]);

const input: Schema = map({
  key: name('Name of a captured value.'), inject_at: formed(ONE_PLACE, 'Place in the request that it is put at.'),
}, ['key', 'inject_at']);

const webhook: Readonly<Record<string, Schema>> = {
  triggered_by: text('Id of the earlier step whose task calls back.'),
  filter: anyMap('Which deliveries are looked at: `operation_id`, `body`.'),
  timeout_seconds: { description: 'How long to wait.', type: 'number', minimum: 1, maximum: 300 },
  expect_idempotency_key: flag('Each delivery carries a key (default: true).'), webhook_payload_schema_ref: text('Schema of the delivery.'),
  expect_max_deliveries_per_logical_event: whole(1, 100, 'How often one event may be delivered.'),
  retry_trigger: map({
    count: whole(1, 10, 'How many deliveries are turned away.'),
    http_status: { description: 'With which status.', enum: [429, 500, 502, 503, 504] },
  }, []),
  expect_min_deliveries: whole(1, 100, 'How many deliveries there are at least.'), require_tag: text('Tag that the signature has.'),
  verify_signature_on_every_delivery: flag('Hold every delivery to its signature.'),
};

const special: Readonly<Record<string, Schema>> = {
  parallel_dispatch: map({
    count: whole(2, 10, 'How many calls at once.'), same_idempotency_key: flag('All with one key (default: true).'),
    barrier_timeout_ms: whole(1, 600_000, 'How long all of them may take.'),
    mode: oneText(['process_local', 'distributed'], 'Where they come from.'),
  }, []),
  rate_limit_trip: map({
    trip_target_task: text('Task that is called until the seller throttles.'), trip_target_sample_request: anyMap('With this request.'),
    max_attempts: whole(50, 500, 'At most so often.'), replay_max_wait_seconds: whole(0, 600, 'How long a wait the seller may ask for.'),
  }, []),
  vector_ref: text('Vector to deliver.'), same_event_as: text('Id of the step whose event is delivered again.'),
  expected_error: text('How the receiver refuses.'),
  source: oneText(['html_inline', 'url_fetch'], 'Where the substituted text is.'), source_path: text('Place of it in the answer.'),
  macro_template: text('The text before substitution.'), catalog_bindings: listOf({
    type: 'object', required: ['macro'], anyOf: [has('vector_name'), has('raw_value'), has('expected_encoded')],
  }, 'What is put in for each macro.'),
  require_every_binding_observed: flag('Each of them has to be seen (default: true).'),
};

/** One entry of `steps`. */
export const step: Schema = {
  description: 'One request, and what has to be true of the answer.',
  ...map({
    id: name('Name of the step, its own in the storyboard.'), title: text('What reports call it.'),
    narrative: text('Why a buyer does this.'), expected: text('What a seller does.'),
    task: mostly([...ADCP_TASKS, ...PSEUDO_TASKS], 'Tool to call, something that the judge itself does, or `$test_kit.…`.'),
    task_default: text('Tool to call when the kit names none.'), doc_ref: text('Where the promise is written down.'),
    comply_scenario: text('Descriptive.'),
    reviewer_checks: { description: 'What a person looks at; never graded.', type: 'array' },
    sample_response: { description: 'An answer for readers.' },
    schema_ref: text('Schema of the request.'), response_schema_ref: text('Schema of the response.'),
    sample_request: anyMap('What is sent. `$context.x`, `$generate:uuid_v4#alias` and `$test_kit.x` stand for whole values.'),
    sample_request_skip_schema: flag('The request breaks its schema on purpose, and a seller may take or refuse it.'),
    validations: listOf({ $ref: '#/definitions/check' }, 'What has to be true of the answer.'),
    stateful: flag('Later steps build on what this one does (default: false).'),
    expect_error: flag('The seller is to refuse (default: false).'),
    negative_path: mostly(['schema_invalid', 'payload_well_formed'], 'What is wrong about the request.'),
    expected_arm: text('Arm of the response schema that is expected.'),
    severity: text('Descriptive.'), requires_tool: mostly(ADCP_TASKS, 'The step is skipped unless the seller offers this tool.'),
    requires_contract: text('Id of a runner\'s contract among the test kits.'), agent: text('Which of several agents is asked.'),
    auth: credential,
    omit_idempotency_key: flag('Send no idempotency key.'),
    contributes: flag('Raise the flag of the phase\'s branch set when the step passes.'),
    contributes_to: text('Flag that is raised when the step passes.'),
    contributes_if: formed(PREDICATE, 'Raise it only if that step passed.'),
    provides_state_for: oneOrMore('Steps of the phase whose state this one provides when they are skipped.'),
    peer_substitutes_for: oneOrMore('The same, as older files call it.'),
    context_outputs: listOf(output, 'What later steps need of the answer.'),
    context_inputs: listOf(input, 'Captured values that are put into the request.'),
    invariants: {
      description: 'Invariants that do not watch this step.', ...map({ disable: listOf({ enum: [...KNOWN_INVARIANTS] }, 'Their ids.') }, []),
    },
    ...webhook, ...special,
  }, ['id', 'task'], [
    not(has('contributes', 'contributes_to')),
    when(is('task', 'replay_webhook_vector'), has('vector_ref')), when(is('task', 'expect_substitution_safe'), has('source_path', 'macro_template')),
    when({ properties: { task: { enum: [...MUTATING].sort() } }, required: ['task'] }, any(has('sample_request'), is('expect_error', true))),
  ]),
};
