import type { Clock } from '../domain/ports/clock.ts';
import type { Governance, GovernanceReply } from '../domain/ports/governance.ts';
import { checkShape } from '../protocol/request-check.ts';
import { CheckGovernanceResponse } from '../protocol/wire/check-governance.ts';
import type { AgentAnswer } from './agent-caller.ts';
import { hmacHeaders } from './hmac-headers.ts';
import type { CallFor } from './recorded-agent.ts';

/** Asks governance agents with `check_governance`, recognised by the scheme that the buyer registered. */
export function mcpGovernance(call: (call: CallFor) => Promise<AgentAnswer>, clock: Pick<Clock, 'now'>): Governance {
  return {
    async check({ agent_url, authentication: { schemes, credentials }, request, principal_id }) {
      const known = schemes[0] === 'HMAC-SHA256' ? { sign: (body: string) => hmacHeaders(body, credentials, clock.now()) } : { token: credentials };
      return replyOf(await call({ agent_url, principal_id, tool: 'check_governance', request, ...known }));
    },
  };
}

/** What the agent wrote of its troubles stays in the log of calls: only what AdCP knows goes on. */
function replyOf(answered: AgentAnswer): GovernanceReply {
  if (answered.kind === 'unreachable') return { kind: 'silent', reason: 'it cannot be reached' };
  const { document } = answered;
  if (answered.kind === 'refused') {
    const code = codeOf(document);
    return code === 'PLAN_NOT_FOUND' || code === 'CAMPAIGN_SUSPENDED' ? { kind: 'no_verdict', code } : { kind: 'silent', reason: 'it refuses to answer' };
  }
  const flaw = checkShape(CheckGovernanceResponse, document);
  return flaw ? { kind: 'silent', reason: 'its answer is not of the shape that AdCP has for it' } : { kind: 'verdict', verdict: document as CheckGovernanceResponse };
}

function codeOf({ adcp_error, errors }: Readonly<Record<string, unknown>>): unknown {
  const [first] = [adcp_error, ...(Array.isArray(errors) ? (errors as unknown[]) : [])].filter((each) => typeof each === 'object' && each !== null);
  return (first as { readonly code?: unknown } | undefined)?.code;
}
