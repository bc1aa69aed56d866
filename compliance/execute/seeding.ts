/** Prepares the seller's sandbox with the fixtures of a storyboard before its first phase. */
import type { Credential } from '../credential.ts';
import type { TransportFailure } from '../exchange.ts';
import { own } from '../json/object.ts';
import { failed } from '../judge/checks/check.ts';
import type { Skip, StepReport } from '../step-report.ts';
import { synthesized } from '../step-report.ts';
import type { Storyboard } from '../storyboard.ts';
import { CONTROLLER } from './build-request.ts';
import { callController, type ControllerReply, controllerScenarios } from './controller.ts';
import { type SeedCall, seedCalls } from './fixtures.ts';
import type { RunEnvironment } from './run-environment.ts';
import type { SandboxAccount } from './sandbox-account.ts';

export const SEEDING_PHASE = '__controller_seeding__';

export type Seeding =
  | { readonly kind: 'seeded' }
  /** The whole storyboard cannot be graded on this seller. */
  | { readonly kind: 'unsupported'; readonly skip: Skip }
  /** No step runs; each is skipped for this reason. */
  | { readonly kind: 'blocked'; readonly skip: Skip; readonly failures: readonly StepReport[] };

interface SeedingTools {
  readonly env: RunEnvironment;
  readonly credential: Credential;
  readonly account: SandboxAccount;
}

/** Seeds every fixture in order. Refusals are collected; a controller that does not answer ends it. */
export async function seedFixtures(storyboard: Storyboard, tools: SeedingTools): Promise<Seeding> {
  const { env, credential, account } = tools;
  const calls = seedCalls(storyboard.fixtures);
  const incomplete = calls.filter((call) => call.kind === 'missing_id');
  if (incomplete.length > 0) return blocked(incomplete.map((call) => missingId(storyboard, call)));
  if (!env.profile.tools.has(CONTROLLER))
    return {
      kind: 'blocked',
      skip: { reason: 'missing_test_controller', detail: `the fixtures need ${CONTROLLER}, which the seller does not list` }, failures: [],
    };
  const listed = await controllerScenarios(env, credential, account);
  const unlisted = listed === 'unknown' || (env.policy.unlistedSeeds === 'tried' && !listsSeeds(listed)) ? undefined : calls.find((call) => !listed.has(call.scenario));
  if (unlisted !== undefined) return unsupported(unlisted.scenario);
  const context = { context: { correlation_id: `${correlationPrefix(storyboard)}--__seeding__` } };
  const failures: StepReport[] = [];
  for (const call of calls) {
    if (call.kind === 'missing_id') continue;
    const reply = await callController(env, credential, account, call.scenario, call.params, context);
    if (reply.error === 'UNKNOWN_SCENARIO') return unsupported(call.scenario);
    if (!reply.success) failures.push(refused(storyboard, call, reply));
    if (reply.exchange.kind === 'failed') break;
  }
  return failures.length === 0 ? { kind: 'seeded' } : blocked(failures);
}

/** Many controllers list only what they force and simulate; whether they seed is then found out by seeding. */
const listsSeeds = (scenarios: ReadonlySet<string>): boolean => [...scenarios].some((scenario) => scenario.startsWith('seed_'));

/** A transport failure that ended the seeding, if one did. */
export function seedingTransportFailure(seeding: Seeding): TransportFailure | undefined {
  const last = seeding.kind === 'blocked' ? seeding.failures.at(-1)?.outcome : undefined;
  return last?.kind === 'failed' ? last.transport : undefined;
}

function unsupported(scenario: string): Seeding {
  return { kind: 'unsupported', skip: {
    reason: 'not_applicable', cause: 'fixture_seed_unsupported',
    detail: `fixture_seed_unsupported: the test controller does not offer ${scenario}`,
  } };
}

function blocked(failures: readonly StepReport[]): Seeding {
  const first = failures[0]!.address.step_id;
  return {
    kind: 'blocked', failures,
    skip: {
      reason: 'prerequisite_failed', cause: 'controller_seeding_failed', detail: `controller_seeding_failed: ${SEEDING_PHASE}/${first}`,
    },
  };
}

function missingId(storyboard: Storyboard, call: Extract<SeedCall, { kind: 'missing_id' }>): StepReport {
  const finding = failed('fixture', `lacks ${call.missing}`, { expected: call.missing, actual: null });
  return {
    ...seedReport(storyboard, call), outcome: { kind: 'failed', counted: true },
    validations: [synthesized('controller_seeding', `the fixture has a ${call.missing}`, finding, storyboard.location)],
  };
}

function refused(storyboard: Storyboard, call: SeedCall, { exchange, payload, error }: ControllerReply): StepReport {
  const base = { ...seedReport(storyboard, call), duration_ms: exchange.duration_ms, request: exchange.request };
  if (exchange.kind === 'failed')
    return {
      ...base, outcome: { kind: 'failed', counted: true, transport: exchange.failure },
      response: { payload: undefined, ...(exchange.http !== undefined && { http: exchange.http }) },
    };
  const finding = failed(
    call.scenario, 'was refused by the test controller',
    { json_pointer: '/success', expected: true, actual: { error, detail: own(payload, 'error_detail') ?? null } }
  );
  return {
    ...base, outcome: { kind: 'failed', counted: true }, response: { payload: exchange.result, http: exchange.http },
    extraction: { path: 'structured_content' },
    validations: [synthesized('controller_seeding', 'the fixture is seeded', finding, storyboard.location)],
  };
}

function seedReport(storyboard: Storyboard, call: SeedCall): Omit<StepReport, 'outcome'> {
  return {
    address: { storyboard_id: storyboard.id, phase_id: SEEDING_PHASE, step_id: call.step_id }, task: CONTROLLER, title: call.scenario,
    validations: [], duration_ms: 0, extraction: { path: 'none' }, prerequisite: false, location: storyboard.location,
  };
}

/** What the authored correlation ids of the storyboard begin with. */
function correlationPrefix(storyboard: Storyboard): string {
  const ids = storyboard.phases.flatMap((phase) => phase.steps.map((step) => own(step.sample_request?.['context'], 'correlation_id')));
  const first = ids.find((id) => typeof id === 'string' && id !== '');
  if (typeof first !== 'string') return storyboard.id;
  const at = first.lastIndexOf('--');
  return at < 0 ? first : first.slice(0, at);
}
