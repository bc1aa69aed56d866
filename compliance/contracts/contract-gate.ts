/** Whether the contract that a step belongs to is kept in this run. */
import type { Policy } from '../policy.ts';
import { CONTRACT_TASKS, isPseudoTask } from '../pseudo-tasks.ts';
import type { Skip } from '../step-report.ts';
import type { Step } from '../storyboard.ts';
import {
  type ContractScope, PARALLEL_CONTRACT, RATE_LIMIT_CONTRACT, SIGNING_CONTRACT, SUBSTITUTION_CONTRACT, WEBHOOK_CONTRACT,
} from './contract-scope.ts';

/** The judge itself does what the step stands for; no tool of the seller is called by its name. */
export function isContractTask(step: Step): boolean {
  return CONTRACT_TASKS.has(step.task) || step.special?.kind === 'rate_limit_trip';
}

/** Why a step is not run, undefined when its contract is kept or it needs none. */
export function contractGate(step: Step, scope: ContractScope, policy: Pick<Policy, 'contractsOfTasks'>): Skip | undefined {
  const { special } = step;
  if (special?.kind === 'parallel_dispatch' && special.mode === 'distributed')
    return { reason: 'not_applicable', detail: 'the judge dispatches from one process, and the step wants several' };
  const ignored = policy.contractsOfTasks === 'ignored' && special === undefined && !isPseudoTask(step.task);
  const contract = ignored ? undefined : step.requires_contract ?? contractOf(step);
  if (contract !== undefined && !scope.contracts.has(contract))
    return {
      reason: isPseudoTask(step.task) ? 'unsatisfied_contract' : 'not_applicable', cause: 'missing_test_kit_contract',
      detail: `missing_test_kit_contract: ${contract} is not in scope of this run`,
    };
  if (special?.kind === 'rate_limit_trip' && !scope.tripRateLimits)
    return {
      reason: 'unsatisfied_contract', cause: 'live_side_effect_opt_in_required',
      detail: 'live_side_effect_opt_in_required: --trip-rate-limits lets the judge drive the seller into its rate limit',
    };
  return undefined;
}

function contractOf({ special }: Step): string | undefined {
  switch (special?.kind) {
    case 'webhook': return WEBHOOK_CONTRACT;
    case 'parallel_dispatch': return PARALLEL_CONTRACT;
    case 'rate_limit_trip': return RATE_LIMIT_CONTRACT;
    case 'substitution': return SUBSTITUTION_CONTRACT;
    case 'signing_probe': return SIGNING_CONTRACT;
    case 'vector_replay': case undefined: return undefined;
  }
}
