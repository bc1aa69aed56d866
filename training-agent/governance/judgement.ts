/** How the training agent judges a purchase by its plan: money, time and place are denied, policies are conditions. */
import { canonicalJson } from '../../src/protocol/canonical-json.ts';
import type { CheckGovernanceRequest, CheckGovernanceResponse, GovernanceCondition, GovernanceFinding } from '../../src/protocol/wire/check-governance.ts';
import { valueAt } from './value-at.ts';
import type { Plan } from './plan.ts';

/** How long an approval holds. */
const HOLDS_MS = 3_600_000;

export function judgement(plan: Plan, request: CheckGovernanceRequest, check_id: string, now: Date): CheckGovernanceResponse {
  const found = { check_id, plan_id: plan.plan_id };
  const findings = findingsOn(plan, request);
  if (findings.length > 0) return { ...found, verdict: 'denied', explanation: findings.map(({ explanation }) => explanation).join(' '), findings };
  const conditions = conditionsOf(plan, request);
  const expires_at = new Date(now.getTime() + HOLDS_MS).toISOString();
  return conditions.length > 0
    ? { ...found, verdict: 'conditions', explanation: 'It is approved under conditions.', conditions, expires_at }
    : { ...found, verdict: 'approved', explanation: 'It is within the plan.', expires_at };
}

function findingsOn({ budget, flight, countries, human_review_required }: Plan, { planned_delivery: planned = {} }: CheckGovernanceRequest): GovernanceFinding[] {
  const { total_budget = 0, currency = budget?.currency, start_time, end_time, geo } = planned;
  const abroad = (geo?.countries ?? []).filter((country) => countries?.includes(country) === false);
  const before = (a: string | undefined, b: string | undefined) => a !== undefined && b !== undefined && Date.parse(a) < Date.parse(b);
  const checks: readonly (readonly [boolean, string, string])[] = [
    [budget !== undefined && currency !== budget.currency, 'budget_authority', `The plan is in ${budget?.currency}, not in ${currency}.`],
    [budget !== undefined && currency === budget.currency && total_budget > budget.total, 'budget_authority', `${total_budget} is more than the plan's ${budget?.total} ${currency}.`],
    [before(start_time, flight?.start), 'flight', `It starts before the plan does, ${flight?.start}.`],
    [before(flight?.end, end_time), 'flight', `It ends after the plan does, ${flight?.end}.`],
    [abroad.length > 0, 'geography', `The plan does not cover ${abroad.join(', ')}.`],
    [human_review_required === true, 'human_review', 'People have to look at it first.'],
  ];
  return checks.flatMap(([fails, category_id, explanation]) => (fails ? [{ category_id, severity: 'critical' as const, explanation }] : []));
}

/** Policies in words are advice; what the plan demands of a field holds or does not. */
function conditionsOf({ custom_policies = [], ext }: Plan, { payload }: CheckGovernanceRequest): GovernanceCondition[] {
  const missing = (ext?.required ?? []).filter(({ field, value }) => canonicalJson(valueAt(payload, field) ?? null) !== canonicalJson(value ?? null));
  return [
    ...missing.map(({ field, value, reason }) => ({ field, required_value: value, reason })),
    ...custom_policies.map(({ policy_id, policy }) => ({ field: `policies.${policy_id}`, reason: policy })),
  ];
}
