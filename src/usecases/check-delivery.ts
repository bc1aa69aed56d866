import { deliveryMetrics, queuedCheck, type DeliveryCheckDue } from '../domain/governance/delivery-check.ts';
import { plannedDelivery } from '../domain/governance/planned-delivery.ts';
import { ticked } from '../domain/media-buy-lifecycle.ts';
import { isTerminal } from '../domain/media-buy.ts';
import type { Change } from '../domain/ports/store.ts';
import { SERVED_MAJORS, SERVED_VERSION } from '../protocol/version.ts';
import type { Desk } from './desk.ts';

export type CheckedDelivery =
  | { readonly kind: 'told'; readonly changes: readonly Change[]; readonly account_id: string; readonly subjects: readonly string[] }
  | { readonly kind: 'silent'; readonly reason: string }
  /** Nobody waits for it any more. */
  | { readonly kind: 'nothing' };

/** However soon an agent wants to hear again, it waits this long. */
const LEAST_WAIT_MS = 60_000;

/**
 * Tells a governance agent what a buy has delivered, when it asked to hear that, and asks whether all is well. The verdict is written into the audit log:
 * stopping a buy is for its buyer to do. Asked again as long as the agent names a next time and the buy has not ended.
 */
export async function checkDelivery(principal_id: string, { media_buy_id, approved_by, since }: DeliveryCheckDue, desk: Desk): Promise<CheckedDelivery> {
  const { governance, store, clock, ids, seller, vault } = desk;
  const stored = await store.mediaBuy({ principal_id, wide: true }, media_buy_id);
  const approval = stored?.governance?.approval;
  const account = stored && (await store.account(principal_id, stored.account_id));
  const agent = account?.governance_agents?.[0];
  // Whoever keeps the account's plans now need not know the ones of before.
  if (governance === undefined || stored === undefined || approval?.check_id !== approved_by || agent?.url !== approval.agent_url) return { kind: 'nothing' };
  const now = clock.now().toISOString();
  const buy = ticked(stored, now);
  const [ledger] = await store.delivery(principal_id, [media_buy_id]);
  const { governance_context } = stored.governance!;
  const reply = await governance.agents.check({
    agent_url: agent.url, principal_id, authentication: { schemes: agent.authentication.schemes, credentials: vault.open(agent.authentication.credentials) },
    request: {
      adcp_version: SERVED_VERSION, adcp_major_version: SERVED_MAJORS[0]!, plan_id: approval.plan_id, caller: seller.agent_url, phase: 'delivery',
      planned_delivery: plannedDelivery(buy), delivery_metrics: deliveryMetrics(buy, ledger, since, now), ...(governance_context === undefined ? {} : { governance_context }),
    },
  });
  if (reply.kind === 'silent') return { kind: 'silent', reason: `the governance agent of ${media_buy_id} gave no verdict: ${reply.reason}` };
  const subjects = [`media_buy:${media_buy_id}`, 'phase:delivery', `plan:${approval.plan_id}`];
  if (reply.kind === 'no_verdict') return { kind: 'told', changes: [], account_id: stored.account_id, subjects: [...subjects, `verdict:${reply.code}`] };
  const { verdict, check_id, next_check } = reply.verdict;
  const next = next_check === undefined || isTerminal(buy.status) ? [] : [queuedCheck(buy, { approved_by, since: now, run_at: later(next_check, new Date(Date.parse(now) + LEAST_WAIT_MS)) }, ids)];
  return { kind: 'told', changes: next, account_id: stored.account_id, subjects: [...subjects, `verdict:${verdict}`, `governance_check:${check_id}`] };
}

const later = (wanted: string, least: Date): string => (Date.parse(wanted) > least.getTime() ? wanted : least.toISOString());
