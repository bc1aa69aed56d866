import { describe, expect, it } from 'vitest';
import { failed } from '../../protocol/envelope.ts';
import { denied, verdictOf } from './approval.ts';
import { mappedPlan } from './plan.ts';

const NOW = '2026-11-20T12:00:00Z';
const said = { check_id: 'chk', verdict: 'approved' as const, plan_id: 'p', explanation: 'fine', expires_at: '2026-11-20T13:00:00Z' };

describe('a verdict', () => {
  it('counts when it is about the plan and holds still', () => {
    expect(verdictOf({ kind: 'verdict', verdict: said }, 'p', NOW)).toEqual({ kind: 'said', said });
  });
  it.each([
    ['another plan', verdictOf({ kind: 'verdict', verdict: said }, 'q', NOW), 'GOVERNANCE_UNAVAILABLE'],
    ['an approval that ends now', verdictOf({ kind: 'verdict', verdict: said }, 'p', said.expires_at), 'GOVERNANCE_UNAVAILABLE'],
    ['silence', verdictOf({ kind: 'silent', reason: 'it cannot be reached' }, 'p', NOW), 'GOVERNANCE_UNAVAILABLE'],
    ['a plan that is not known', verdictOf({ kind: 'no_verdict', code: 'PLAN_NOT_FOUND' }, 'p', NOW), 'PLAN_NOT_FOUND'],
    ['a plan that people look at', verdictOf({ kind: 'no_verdict', code: 'CAMPAIGN_SUSPENDED' }, 'p', NOW), 'CAMPAIGN_SUSPENDED'],
  ])('is none: %s', (_what, outcome, code) => {
    expect(outcome).toMatchObject({ kind: 'refused', errors: [{ code }] });
  });
});

it('a denial holds as many findings as an error may, the first of them always, word for word', () => {
  const findings = Array.from({ length: 40 }, (_, at) => ({ category_id: `c${at}`, severity: 'critical' as const, explanation: 'x'.repeat(200), policy_id: 'its own' }));
  const { document } = failed(denied({ ...said, verdict: 'denied', findings }), undefined);
  const told = (document['adcp_error'] as { details: { findings: object[] } }).details.findings;
  expect([told.length, told[0]]).toEqual([4, findings[0]]);
  const long = denied({ ...said, verdict: 'denied', findings: [{ ...findings[0]!, explanation: 'y'.repeat(2_000) }] });
  expect((failed(long, undefined).document['adcp_error'] as { details?: object }).details).toMatchObject({ plan_id: 'p' });
});

it('the plan of an account is that of the first mapping that fits in all that it states', () => {
  const account = { account_id: 'acct_1', brand: { domain: 'tent.example' }, operator: 'agency.example' } as Parameters<typeof mappedPlan>[0];
  const mappings = [{ brand: 'tent.example', operator: 'other.example', plan_id: 'a' }, { account_id: 'acct_2', plan_id: 'b' }, { brand: 'tent.example', plan_id: 'c' }, { plan_id: 'd' }];
  expect([mappedPlan(account, mappings), mappedPlan({ ...account, brand: { domain: 'x.example' } }, mappings), mappedPlan(account, mappings.slice(0, 2))]).toEqual(['c', 'd', undefined]);
});
