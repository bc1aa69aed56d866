/** Whether a step that was reached is sent. The gates stand in the order in which they are asked; the first answer counts. */
import { own } from '../json/object.ts';
import { blockedBy, exemptionNote } from '../judge/cascade.ts';
import { missingToolDetail } from '../plan/storyboard-gates.ts';
import type { Policy } from '../policy.ts';
import { ASSERT_CONTRIBUTION, CONTRACT_TASKS, isPseudoTask, KEY_PROBES } from '../pseudo-tasks.ts';
import type { SellerProfile } from '../seller.ts';
import type { Skip } from '../step-report.ts';
import type { Phase, Step } from '../storyboard.ts';
import { CONTROLLER } from './build-request.ts';
import { isDocumentProbe } from './probes/run-probe.ts';
import { resolveTask } from './resolve-task.ts';
import type { StoryboardState } from './storyboard-state.ts';

export type StepGate =
  | { readonly kind: 'send'; readonly task: string }
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
}

const SUBSTITUTION = 'expect_substitution_safe';

export function stepGate(phase: Phase, step: Step, state: StoryboardState, { profile, policy }: GateSurroundings): StepGate {
  const early = cascaded(phase, step, state, profile) ?? state.closedPhases.get(phase.id) ?? pseudoTask(phase, step, profile, policy);
  if (early !== undefined) return { kind: 'skip', task: step.task, skip: early };
  if (step.task === ASSERT_CONTRIBUTION) return { kind: 'assert' };
  if (isDocumentProbe(step.task)) return { kind: 'probe' };
  const resolved = resolveTask(step, state.kit, profile);
  if (resolved.kind === 'unresolved') return { kind: 'no_task' };
  if (resolved.kind === 'skip') return { kind: 'skip', task: step.task, skip: resolved.skip };
  const { task } = resolved;
  const skip = missingRequiredTool(phase, step, profile) ?? operatorAccounts(task, profile) ?? missingTool(phase, step, task, profile)
    ?? contract(step, policy);
  return skip === undefined ? { kind: 'send', task } : { kind: 'skip', task, skip };
}

/** A tool that the seller lacks explains a skipped step better than the step before it. */
function cascaded(phase: Phase, step: Step, state: StoryboardState, profile: SellerProfile): Skip | undefined {
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
  if (CONTRACT_TASKS.has(step.task) || (step.dispatch === 'rate_limit_trip')) return outOfScope(step);
  if (isDocumentProbe(step.task)) return step.requires_contract === undefined ? undefined : outOfScope(step);
  if (KEY_PROBES.has(step.task))
    return { reason: 'not_applicable', cause: 'probe_unsupported', detail: `${step.task} is not probed by this judge` };
  return undefined;
}

function outOfScope(step: Step): Skip {
  if (step.dispatch === 'rate_limit_trip')
    return {
      reason: 'unsatisfied_contract', cause: 'live_side_effect_opt_in_required',
      detail: 'live_side_effect_opt_in_required: the judge does not drive a seller into its rate limit',
    };
  const contractId = step.requires_contract ?? step.task;
  return {
    reason: 'unsatisfied_contract', cause: 'missing_test_kit_contract',
    detail: `missing_test_kit_contract: ${contractId} is not in scope of this run`,
  };
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

/** Ordinary tasks that only make sense under a contract of the kit. */
function contract(step: Step, policy: Policy): Skip | undefined {
  const needed = policy.contractsOfTasks === 'honoured' && step.requires_contract !== undefined;
  if (!needed && step.dispatch === 'single') return undefined;
  const contractId = step.requires_contract ?? 'parallel_dispatch_runner';
  return {
    reason: 'not_applicable', cause: 'missing_test_kit_contract',
    detail: `missing_test_kit_contract: ${contractId} is not in scope of this run`,
  };
}
