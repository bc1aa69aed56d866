/** What a seller asks a buyer's governance agent, and what that one says (`check_governance`). A call that leaves, and no task of ours. */
import { Type, type Static } from 'typebox';
import { BusinessEntity } from './core/business-entity.ts';
import { when } from './core/conditions.ts';
import { REQUEST_ENVELOPE } from './core/envelope.ts';
import { OpenObject } from './core/open-object.ts';
import { PlannedDelivery } from './core/planned-delivery.ts';
import { Amount, Count } from './core/numbers.ts';
import { DateTime, Uri } from './core/texts.ts';

export const GOVERNANCE_PHASES = ['purchase', 'modification', 'delivery'] as const;
export type GovernancePhase = (typeof GOVERNANCE_PHASES)[number];

/** A token that goes with a governed action through its life: printable, passed on as it is. */
export const GovernanceContext = Type.String({ pattern: '^[\\x20-\\x7E]+$', minLength: 1, maxLength: 4096 });

/** What was delivered, of `delivery` alone: in a period, and since the buy began. */
export const DeliveryMetrics = Type.Object({
  reporting_period: Type.Object({ start: DateTime, end: DateTime }, { additionalProperties: false }),
  spend: Type.Optional(Amount),
  cumulative_spend: Type.Optional(Amount),
  impressions: Type.Optional(Count),
  cumulative_impressions: Type.Optional(Count),
}, { additionalProperties: false });
export type DeliveryMetrics = Static<typeof DeliveryMetrics>;

export const CheckGovernanceRequest = Type.Object({
  ...REQUEST_ENVELOPE,
  plan_id: Type.String(),
  caller: Uri,
  tool: Type.Optional(Type.String()),
  payload: Type.Optional(OpenObject),
  phase: Type.Optional(Type.Enum(GOVERNANCE_PHASES)),
  planned_delivery: Type.Optional(PlannedDelivery),
  delivery_metrics: Type.Optional(DeliveryMetrics),
  modification_summary: Type.Optional(Type.String({ maxLength: 1000 })),
  governance_context: Type.Optional(GovernanceContext),
  invoice_recipient: Type.Optional(BusinessEntity),
});
export type CheckGovernanceRequest = Static<typeof CheckGovernanceRequest>;

/** Why an agent is against it, in its own words. */
export const GovernanceFinding = Type.Object({
  category_id: Type.String(),
  severity: Type.Enum(['info', 'warning', 'critical']),
  explanation: Type.String(),
});
export type GovernanceFinding = Static<typeof GovernanceFinding>;

/** What has to be so before it is approved; without a `required_value` it is advice. */
export const GovernanceCondition = Type.Object({
  field: Type.String(),
  required_value: Type.Optional(Type.Unknown()),
  reason: Type.String(),
});
export type GovernanceCondition = Static<typeof GovernanceCondition>;

export const CheckGovernanceResponse = Type.Object({
  check_id: Type.String({ minLength: 1 }),
  verdict: Type.Enum(['approved', 'denied', 'conditions']),
  plan_id: Type.String(),
  explanation: Type.String(),
  findings: Type.Optional(Type.Array(GovernanceFinding)),
  conditions: Type.Optional(Type.Array(GovernanceCondition)),
  expires_at: Type.Optional(DateTime),
  next_check: Type.Optional(DateTime),
  governance_context: Type.Optional(GovernanceContext),
}, { allOf: [
  when('verdict', 'denied', { required: ['findings'], properties: { findings: { minItems: 1 } } }),
  when('verdict', 'conditions', { required: ['conditions', 'expires_at'], properties: { conditions: { minItems: 1 } } }),
  when('verdict', 'approved', { required: ['expires_at'] }),
] });
export type CheckGovernanceResponse = Static<typeof CheckGovernanceResponse>;
