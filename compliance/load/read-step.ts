import type { Capture, ContextInput, Step, StepAuth } from '../storyboard.ts';
import type { FieldReader } from './field-reader.ts';
import { INPUT_MEMBERS, OUTPUT_MEMBERS, STEP_MEMBERS } from './members.ts';
import { readCheck } from './read-check.ts';
import { readSpecial } from './read-special.ts';
import { refusePath } from './single-place.ts';
import { warnUnknownTask } from './unknown-task.ts';

/** What the loader has to know about the judge and the bundle's schemas. */
export interface LoadRules {
  readonly isKnownCheck: (check: string) => boolean;
  readonly isKnownInvariant: (id: string) => boolean;
  /** Whether a task's requests carry an idempotency key. */
  readonly isMutating: (task: string) => boolean;
  /** Whether there is a task of that name at all. */
  readonly isKnownTask: (task: string) => boolean;
}

/** Reads a step. `branchSet` is the flag of the branch set that its phase belongs to. */
export function readStep(reader: FieldReader, branchSet: string | undefined, rules: LoadRules): Step {
  reader.warnUnknown(STEP_MEMBERS, 'a step');
  const task = reader.requiredText('task');
  for (const member of ['task', 'task_default', 'requires_tool']) warnUnknownTask(reader, reader.text(member), reader.at(member), rules);
  const sample = reader.object('sample_request');
  const expectError = reader.boolean('expect_error');
  if (sample === undefined && !expectError && rules.isMutating(task))
    reader.refuse('missing_request', `${task} changes state and the step has nothing to send`, 'add `sample_request`', reader.at('task'));
  const flag = contribution(reader, branchSet);
  const auth = readAuth(reader);
  const special = readSpecial(reader, task);
  return {
    id: reader.requiredText('id'), title: reader.text('title') ?? '', task,
    validations: reader.maps('validations').map((each) => readCheck(each, rules.isKnownCheck)),
    stateful: reader.boolean('stateful'), expect_error: expectError,
    may_be_refused: !expectError && reader.boolean('sample_request_skip_schema'), omit_idempotency_key: reader.boolean('omit_idempotency_key'),
    provides_state_for: listOrOne(reader, reader.has('provides_state_for') ? 'provides_state_for' : 'peer_substitutes_for'),
    context_outputs: reader.maps('context_outputs').map(readCapture),
    context_inputs: reader.maps('context_inputs').map(readInput),
    disabled_invariants: disabledInvariants(reader, rules),
    location: reader.at('id').location,
    ...optionalTexts(reader, 'task_default', 'response_schema_ref', 'requires_tool', 'requires_contract', 'contributes_if', 'agent'),
    ...(sample !== undefined && { sample_request: sample }), ...(flag !== undefined && { contributes_to: flag }),
    ...(auth !== undefined && { auth }), ...(special !== undefined && { special }),
  };
}

function optionalTexts<K extends string>(reader: FieldReader, ...keys: readonly K[]): Partial<Record<K, string>> {
  return Object.fromEntries(keys.flatMap((key) => {
    const text = reader.text(key);
    return text === undefined ? [] : [[key, text]];
  })) as Partial<Record<K, string>>;
}

function contribution(reader: FieldReader, branchSet: string | undefined): string | undefined {
  const named = reader.text('contributes_to');
  const implied = reader.boolean('contributes');
  if (implied && named !== undefined)
    reader.refuse('conflicting_fields', 'a step has either contributes or contributes_to', 'remove one of them', reader.at('contributes'));
  else if (implied && branchSet === undefined)
    reader.refuse(
      'conflicting_fields', 'contributes: true stands outside a branch set', 'name the flag with `contributes_to`', reader.at('contributes')
    );
  else if (named !== undefined && branchSet !== undefined && named !== branchSet)
    reader.refuse('conflicting_fields',
      `contributes_to ${JSON.stringify(named)} is not the branch set ${JSON.stringify(branchSet)} of its phase`,
      'write `contributes: true`', reader.at('contributes_to'));
  return named ?? (implied ? branchSet : undefined);
}

function readCapture(reader: FieldReader): Capture {
  reader.warnUnknown(OUTPUT_MEMBERS, 'a context output');
  const key = reader.text('name') ?? reader.text('key');
  if (key === undefined || key === '') reader.refuse('missing_field', 'a context output has no name', 'add `name:`');
  const [path, generate] = [reader.text('path'), reader.text('generate')];
  if ((path === undefined) === (generate === undefined))
    reader.refuse('conflicting_fields', 'a context output has exactly one of path and generate', 'keep one of them');
  if (generate !== undefined && generate !== 'uuid_v4' && generate !== 'opaque_id')
    reader.refuse('invalid_value', `generate ${JSON.stringify(generate)} is unknown`, 'write uuid_v4 or opaque_id', reader.at('generate'));
  if (path !== undefined) refusePath(reader, 'path', path.replace(/^task_completion\./, ''));
  const common = { key: key ?? '', location: reader.at(path === undefined ? 'generate' : 'path').location };
  return path === undefined ? { kind: 'generate', ...common } : { kind: 'path', path, ...common };
}

function readInput(reader: FieldReader): ContextInput {
  reader.warnUnknown(INPUT_MEMBERS, 'a context input');
  const [key, inject_at] = [reader.requiredText('key'), reader.requiredText('inject_at')];
  refusePath(reader, 'inject_at', inject_at);
  return { key, inject_at };
}

function readAuth(reader: FieldReader): StepAuth | undefined {
  const value = reader.value('auth');
  if (value === undefined) return undefined;
  if (value === 'none') return { kind: 'none' };
  const auth = reader.over(reader.at('auth'));
  const [type, strategy, source] = [auth.text('type'), auth.text('value_strategy'), auth.value('from_test_kit')];
  if (type === 'api_key' && strategy === 'random_invalid') return { kind: 'invalid_api_key' };
  if (type === 'basic' && strategy === 'random_invalid') return { kind: 'invalid_basic' };
  if (type === 'oauth_bearer' && strategy === 'random_invalid_jwt') return { kind: 'invalid_jwt' };
  if (type === 'api_key' && source === true) return { kind: 'kit_api_key', path: 'auth.api_key' };
  if (type === 'api_key' && typeof source === 'string') return { kind: 'kit_api_key', path: source };
  if (type === 'basic' && typeof source === 'string') return { kind: 'kit_basic', path: source };
  reader.refuse('invalid_value', 'auth names no credential that a step may use',
    'write none, a kit reference (`from_test_kit`) or a random invalid value (`value_strategy`); never a literal credential',
    reader.at('auth'));
  return undefined;
}

function disabledInvariants(reader: FieldReader, rules: LoadRules): readonly string[] {
  if (!reader.has('invariants')) return [];
  const choice = reader.over(reader.at('invariants'));
  const ids = choice.texts('disable');
  for (const id of ids) refuseUnknownInvariant(choice, id, rules);
  return ids;
}

export function refuseUnknownInvariant(reader: FieldReader, id: string, rules: LoadRules): void {
  if (!rules.isKnownInvariant(id))
    reader.refuse('unknown_invariant', `invariant ${JSON.stringify(id)} is unknown`, 'correct its name or remove it');
}

export function listOrOne(reader: FieldReader, key: string): readonly string[] {
  const value = reader.value(key);
  return typeof value === 'string' ? [value] : reader.texts(key);
}
