/** Whether a step that was reached is sent. The gates stand in the order in which they are asked; the first answer counts. */
import { contractGate, isContractTask } from '../contracts/contract-gate.ts';
import type { ContractScope } from '../contracts/contract-scope.ts';
import { own } from '../json/object.ts';
import { blockedBy, exemptionNote } from '../judge/cascade.ts';
import { missingToolDetail } from '../plan/storyboard-gates.ts';
import type { Policy } from '../policy.ts';
import { ASSERT_CONTRIBUTION, isPseudoTask } from '../pseudo-tasks.ts';
import type { SellerProfile } from '../seller.ts';
import type { SpecialStep } from '../special-step.ts';
import type { Skip } from '../step-report.ts';
import type { Phase, Step } from '../storyboard.ts';
import { CONTROLLER } from './build-request.ts';
import { isDocumentProbe } from './probes/run-probe.ts';
import { resolveTask } from './resolve-task.ts';
import type { RunEnvironment } from './run-environment.ts';
import type { StoryboardState } from './storyboard-state.ts';

export type StepGate =
  | { readonly kind: 'send'; readonly task: string }
  /** The judge does what the step's contract says. */
  | { readonly kind: 'special'; readonly special: SpecialStep }
  /** Nothing is sent: the step's checks look at what earlier steps contributed. */
  | { readonly kind: 'assert' }
  /** The judge itself looks at documents that the seller publishes. */
  | { readonly kind: 'probe' }
  | { readonly kind: 'skip'; readonly task: string; readonly skip: Skip }
  /** `task` is a reference into the kit that nothing answers. */
  | { readonly kind: 'no_task' };

export interface GateSurroundings {
  readonly profile: SellerProfile;
  readonly policy: Policy;
  readonly scope: ContractScope;
}

const SUBSTITUTION = 'expect_substitution_safe';

export function stepGate(phase: Phase, step: Step, state: StoryboardState, { profile, policy, scope }: GateSurroundings): StepGate {
  const early = cascaded(phase, step, state, profile) ?? state.closedPhases.get(phase.id) ?? pseudoTask(phase, step, profile, policy)
    ?? (isPseudoTask(step.task) ? contractGate(step, scope, policy) : undefined);
  if (early !== undefined) return { kind: 'skip', task: step.task, skip: early };
  if (step.task === ASSERT_CONTRIBUTION) return { kind: 'assert' };
  if (isDocumentProbe(step.task)) return { kind: 'probe' };
  if (isContractTask(step)) return specialGate(phase, step, { profile, policy, scope });
  const resolved = resolveTask(step, state.kit, profile);
  if (resolved.kind === 'unresolved') return { kind: 'no_task' };
  if (resolved.kind === 'skip') return { kind: 'skip', task: step.task, skip: resolved.skip };
  const { task } = resolved;
  const skip = missingRequiredTool(phase, step, profile) ?? operatorAccounts(task, profile) ?? missingTool(phase, step, task, profile)
    ?? contractGate(step, scope, policy);
  return skip === undefined ? { kind: 'send', task } : { kind: 'skip', task, skip };
}

/** The gate as the run stands. */
export function gateOf(phase: Phase, step: Step, state: StoryboardState, { profile, policy, contracts }: RunEnvironment): StepGate {
  return stepGate(phase, step, state, { profile, policy, scope: contracts.scope });
}

/** Steps that stand for something the judge does: their contract, and the tools that they need all the same. */
function specialGate(phase: Phase, step: Step, { profile, policy, scope }: GateSurroundings): StepGate {
  const { special } = step;
  const target = special?.kind === 'rate_limit_trip' ? missingTool(phase, step, special.target_task, profile) : undefined;
  const skip = contractGate(step, scope, policy) ?? missingRequiredTool(phase, step, profile) ?? target;
  if (skip !== undefined || special === undefined) return { kind: 'skip', task: step.task, skip: skip ?? unknownSpecial(step) };
  return { kind: 'special', special };
}

const unknownSpecial = ({ task }: Step): Skip =>
  ({ reason: 'not_applicable', cause: 'probe_unsupported', detail: `the step has nothing for ${task} to do` });

/** A tool that the seller lacks explains a skipped step better than the step before it. */
export function cascaded(phase: Phase, step: Step, state: StoryboardState, profile: SellerProfile): Skip | undefined {
  if (!step.stateful) return undefined;
  const trip = blockedBy(state.cascade, state.storyboard, phase);
  if (trip === undefined) return undefined;
  const resolved = resolveTask(step, state.kit, profile);
  const task = resolved.kind === 'task' && !isPseudoTask(step.task) ? resolved.task : undefined;
  if (task !== undefined && !profile.tools.has(task)) return missingTool(phase, step, task, profile);
  return {
    reason: 'prerequisite_failed', cause: 'cascade', detail: `needs the state of ${trip.phase_id}/${trip.step_id}, and ${trip.because}`,
  };
}

function pseudoTask(phase: Phase, step: Step, profile: SellerProfile, policy: Policy): Skip | undefined {
  if (phase.steps.some((each) => each.task === 'protected_resource_metadata')) {
    const advertised = profile.capabilities === undefined || own(profile.capabilities?.['oauth'], 'supported') === true
      || typeof own(profile.capabilities?.['account'], 'authorization_endpoint') === 'string';
    if (!advertised)
      return {
        reason: 'not_applicable', cause: 'oauth_not_advertised',
        detail: 'oauth_not_advertised: the capabilities declare neither oauth.supported nor account.authorization_endpoint',
      };
  }
  if (step.task === SUBSTITUTION && policy.substitutionObserver === 'missing') return missingTool(phase, step, SUBSTITUTION, profile);
  return undefined;
}

function missingRequiredTool(phase: Phase, step: Step, profile: SellerProfile): Skip | undefined {
  const tool = step.requires_tool;
  return tool === undefined || profile.tools.has(tool) ? undefined : missingTool(phase, step, tool, profile);
}

/** A seller whose operators open the accounts need not offer a task for it. */
function operatorAccounts(task: string, profile: SellerProfile): Skip | undefined {
  if (task !== 'sync_accounts' || profile.tools.has(task) || own(profile.capabilities?.['account'], 'require_operator_auth') !== true)
    return undefined;
  return {
    reason: 'not_applicable', cause: 'operator_managed_accounts',
    detail: 'account.require_operator_auth is true: operators open accounts, and sync_accounts is not offered',
  };
}

function missingTool(phase: Phase, step: Step, tool: string, profile: SellerProfile): Skip | undefined {
  if (profile.tools.has(tool)) return undefined;
  const reason = tool === CONTROLLER ? 'missing_test_controller' : 'missing_tool';
  return { reason, detail: `${missingToolDetail([tool], profile)}${exemptionNote(phase, step)}` };
}
