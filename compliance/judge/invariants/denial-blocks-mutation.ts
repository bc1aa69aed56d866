import { own } from '../../json/object.ts';
import { findErrorCode } from '../error-code.ts';
import { legacyMediaBuyStatus } from '../media-buy-status.ts';
import { isObject } from '../../json/object.ts';
import { type Invariant, type Reduction, remembering, type StepObservation } from './invariant.ts';

const DENIALS: ReadonlySet<string> = new Set([
  'GOVERNANCE_DENIED', 'CAMPAIGN_SUSPENDED', 'PERMISSION_DENIED', 'POLICY_VIOLATION', 'TERMS_REJECTED', 'COMPLIANCE_UNSATISFIED',
]);
/** Writes that a denial forbids, and the member that proves that one happened. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  create_media_buy: ['media_buy_id'], update_media_buy: ['media_buy_id'],
  activate_signal: ['activation_key', 'signal_agent_segment_id', 'deployments'], acquire_rights: ['rights_grant_id', 'rights_id'],
  create_property_list: ['list', 'list_id'], update_property_list: ['list', 'list_id'], delete_property_list: ['list_id'],
  create_collection_list: ['list', 'list_id'], update_collection_list: ['list', 'list_id'], delete_collection_list: ['list_id'],
};
const LIVE_BUYS: ReadonlySet<unknown> = new Set(['pending_creatives', 'pending_start', 'active', 'paused', 'completed', undefined]);
const WHOLE_RUN = '*';

/** Plans that were denied, with the step that denied them. */
type Memory = ReadonlyMap<string, string>;

/** After governance said no to a plan, nothing is written for it. */
export const denialBlocksMutation: Invariant = { id: 'governance.denial_blocks_mutation', begin: () => remembering<Memory>(new Map(), reduce) };

function reduce(memory: Memory, step: StepObservation): Reduction<Memory> {
  const plan = planOf(step);
  if (isDenial(step)) return { memory: new Map(memory).set(plan ?? WHOLE_RUN, step.step_id), facts: 1 };
  const denied = memory.get(plan ?? WHOLE_RUN) ?? memory.get(WHOLE_RUN);
  if (denied === undefined || !step.passed || step.expect_error || !wrote(step)) return { memory, facts: 0 };
  return { memory, facts: 1, violation: {
    problem: `${step.task} wrote although ${denied} was denied`, expected: 'no write after a denial',
    actual: { plan_id: plan ?? null, denied_by: denied },
  } };
}

function isDenial(step: StepObservation): boolean {
  if (step.expect_error) return false;
  if (step.task === 'check_governance' && (own(step.data, 'status') === 'denied' || own(step.data, 'verdict') === 'denied')) return true;
  const code = own(own(step.data, 'adcp_error'), 'code');
  return code !== undefined && DENIALS.has(findErrorCode(step.data, step.outcome, undefined)?.code ?? '');
}

function wrote(step: StepObservation): boolean {
  const evidence = Object.hasOwn(WRITES, step.task) ? WRITES[step.task]! : [];
  if (!evidence.some((key) => own(step.data, key) !== undefined)) return false;
  if (step.task !== 'create_media_buy' && step.task !== 'update_media_buy') return true;
  const status = own(step.data, 'media_buy_status') ?? (isObject(step.data) ? legacyMediaBuyStatus(step.task, step.data) : undefined);
  return LIVE_BUYS.has(status);
}

function planOf(step: StepObservation): string | undefined {
  const plan = own(step.data, 'plan_id') ?? own(step.request, 'plan_id');
  return typeof plan === 'string' ? plan : undefined;
}
