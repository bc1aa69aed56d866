import { own } from '../../json/object.ts';
import type { StepObservation } from './invariant.ts';
import type { ResourceKind } from './status-graphs.ts';

/** A status that the judge itself put a resource into, through the seller's test controller. */
export interface ForcedStatus {
  readonly kind: ResourceKind;
  readonly id: string;
  readonly status: string;
}

const SCENARIOS: Readonly<Record<string, { readonly kind: ResourceKind; readonly id: string }>> = {
  force_media_buy_status: { kind: 'media_buy', id: 'media_buy_id' }, force_creative_status: { kind: 'creative', id: 'creative_id' },
  force_account_status: { kind: 'account', id: 'account_id' }, force_audience_status: { kind: 'audience', id: 'audience_id' },
  force_session_status: { kind: 'si_session', id: 'session_id' },
};

/** What a controller call forced, undefined when it forced nothing or was refused. Such a move is none of the seller's own. */
export function forcedStatus({ task, request, data }: StepObservation): ForcedStatus | undefined {
  const scenario = own(request, 'scenario');
  if (task !== 'comply_test_controller' || typeof scenario !== 'string' || !Object.hasOwn(SCENARIOS, scenario)) return undefined;
  const { kind, id: member } = SCENARIOS[scenario]!;
  const id = own(own(request, 'params'), member);
  const status = own(data, 'current_state') ?? own(own(request, 'params'), 'status');
  return own(data, 'success') === true && typeof id === 'string' && typeof status === 'string' ? { kind, id, status } : undefined;
}
