/** What a governance agent's word means for the purchase that it was asked about, and what is kept of it with the buy. */
import { refuse, type Refused } from '../../protocol/errors.ts';
import type { CheckGovernanceResponse, GovernanceCondition, GovernanceFinding } from '../../protocol/wire/check-governance.ts';
import type { GovernanceReply } from '../ports/governance.ts';

export interface GovernanceApproval {
  readonly agent_url: string;
  readonly plan_id: string;
  /** That of the check which approved it last. */
  readonly check_id: string;
  /** ISO 8601. */
  readonly checked_at: string;
  /** What the agent wants to be so, honoured or passed on as advice. */
  readonly conditions?: readonly GovernanceCondition[];
}

export interface KeptGovernance {
  /** The agent's token for this buy, from the agent or brought by the buyer; it goes with every later question about it. */
  readonly governance_context?: string;
  /** Absent when nobody had to be asked. */
  readonly approval?: GovernanceApproval;
}

/** The wait that a buyer is told when nobody could be asked. */
const RETRY_AFTER_SECONDS = 5;

export const unavailable = (why: string): Refused => refuse('GOVERNANCE_UNAVAILABLE', `the governance agent of this account gave no verdict: ${why}; nothing was changed`, { retry_after: RETRY_AFTER_SECONDS });

/** The verdict on what was asked, or why there is none. An approval of another plan, or one that has lapsed, is none. */
export function verdictOf(reply: GovernanceReply, plan_id: string, now: string): { readonly kind: 'said'; readonly said: CheckGovernanceResponse } | Refused {
  switch (reply.kind) {
    case 'silent': return unavailable(reply.reason);
    case 'no_verdict':
      return reply.code === 'PLAN_NOT_FOUND'
        ? refuse('PLAN_NOT_FOUND', 'the governance agent of this account knows no such plan', { field: 'plan_id' })
        : refuse('CAMPAIGN_SUSPENDED', 'people look at this plan first', { retry_after: 3600 });
    case 'verdict': {
      const { verdict } = reply;
      if (verdict.plan_id !== plan_id) return unavailable('it spoke of another plan');
      if (verdict.verdict !== 'denied' && Date.parse(verdict.expires_at!) <= Date.parse(now)) return unavailable('its approval has lapsed');
      return { kind: 'said', said: verdict };
    }
  }
}

/** Findings and conditions in the agent's own words, as many as an error may hold. */
export function denied({ plan_id, check_id, explanation, findings = [] }: CheckGovernanceResponse, unmet: readonly GovernanceCondition[] = []): Refused {
  const why = unmet.length > 0 ? 'the governance agent of this account sets conditions that this seller cannot meet for the buyer' : 'the governance agent of this account denies it';
  return refuse('GOVERNANCE_DENIED', `${why}: ${explanation}`.slice(0, 1000), {
    details: { plan_id, check_id, findings: fitting<GovernanceFinding>(findings), ...(unmet.length > 0 ? { conditions: fitting(unmet) } : {}) },
  });
}

/** Characters that a list in the details of an error may take up. */
const MOST_TEXT = 1_200;

function fitting<Item>(list: readonly Item[]): Item[] {
  let room = MOST_TEXT;
  return list.filter((item, at) => (room -= JSON.stringify(item).length) >= 0 || at === 0);
}
