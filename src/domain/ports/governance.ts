import type { CheckGovernanceRequest, CheckGovernanceResponse } from '../../protocol/wire/check-governance.ts';

/** How an agent wants to recognise us: one scheme and its secret, opened. */
export interface AgentAuthentication {
  readonly schemes: readonly string[];
  readonly credentials: string;
}

/** What is to be asked, and of whom. */
export interface GovernanceQuestion {
  readonly agent_url: string;
  readonly authentication: AgentAuthentication;
  readonly request: CheckGovernanceRequest;
  /** On whose behalf. */
  readonly principal_id: string;
}

export type GovernanceReply =
  | { readonly kind: 'verdict'; readonly verdict: CheckGovernanceResponse }
  /** The agent answers, and does not judge: it knows no such plan, or people look at it first. */
  | { readonly kind: 'no_verdict'; readonly code: 'PLAN_NOT_FOUND' | 'CAMPAIGN_SUSPENDED' }
  /** Nobody there, or nothing that AdCP knows. */
  | { readonly kind: 'silent'; readonly reason: string };

/** Asks the governance agents that buyers registered (`check_governance`). */
export interface Governance {
  check(question: GovernanceQuestion): Promise<GovernanceReply>;
}
